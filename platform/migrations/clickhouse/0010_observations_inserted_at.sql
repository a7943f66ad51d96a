-- When the store itself took the row: the log may insert hours after it recorded, so recorded_at cannot tell the
-- roll-up job what is new. Stands before any data: on older parts the default would read as "now".
ALTER TABLE observations ADD COLUMN IF NOT EXISTS inserted_at DateTime('UTC') DEFAULT now() CODEC(DoubleDelta, ZSTD(1));
ALTER TABLE observations ADD INDEX IF NOT EXISTS inserted inserted_at TYPE minmax GRANULARITY 1;
