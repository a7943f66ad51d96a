-- Records refused at the edge, with the reason and enough of the sample to mend and send them again.
CREATE TABLE IF NOT EXISTS quarantine (
  world       UInt16,
  feed        UInt16,
  seq         UInt64,
  line        UInt32,
  reason      LowCardinality(String),
  message     String,
  sample      String CODEC(ZSTD(3)),
  trace_id    String,
  known_time  DateTime64(3, 'UTC'),
  recorded_at DateTime('UTC')
) ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (world, feed, seq)
TTL recorded_at + INTERVAL 180 DAY;
