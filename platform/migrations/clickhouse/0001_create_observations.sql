-- Numeric results. A re-insert of one log record is the same row; a correction has another seq, so both are kept
-- and reads take the newest seq as of the asked known time. Nobody counts raw rows without FINAL.
CREATE TABLE IF NOT EXISTS observations (
  world           UInt16,
  stream          UInt32,
  phenomenon_time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  known_time      DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  value           Float64 CODEC(Gorilla, ZSTD(1)),
  quality         UInt16 CODEC(ZSTD(1)),
  feed            UInt16 CODEC(ZSTD(1)),
  seq             UInt64 CODEC(Delta, ZSTD(1)),
  recorded_at     DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
  INDEX phenomenon phenomenon_time TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree
-- By arrival: a replay of four years must not open a thousand partitions, nor let its TTL delete the data at once.
PARTITION BY toYYYYMMDD(recorded_at)
-- Every screen asks for one stream and one window; seq makes a correction a row of its own.
ORDER BY (world, stream, phenomenon_time, seq)
TTL recorded_at + INTERVAL 400 DAY;
