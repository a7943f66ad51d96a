-- The event log of each World: outbox rows (n > 0, gap-free) and derived events such as silences (n = 0).
CREATE TABLE IF NOT EXISTS city_events (
  world       UInt16,
  n           UInt64,
  kind        LowCardinality(String),
  key         String,
  body        String CODEC(ZSTD(3)),
  actor       String,
  known_time  DateTime64(3, 'UTC'),
  seq         UInt64,
  recorded_at DateTime('UTC')
) ENGINE = ReplacingMergeTree(seq)
PARTITION BY toYYYYMM(recorded_at)
-- A relay that carries one outbox row twice writes the same (world, n, kind, key).
ORDER BY (world, n, kind, key, known_time);
