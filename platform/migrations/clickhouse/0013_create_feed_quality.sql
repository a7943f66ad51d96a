-- Quality of each feed in each hour of its World's clock, made again while the hour runs; the newest version holds.
CREATE TABLE IF NOT EXISTS feed_quality (
  world    UInt16,
  feed     UInt16,
  hour     DateTime('UTC'),
  score    Float32,
  grade    LowCardinality(String),
  expected UInt64,
  records  UInt64,
  aspects  String CODEC(ZSTD(3)),
  findings String CODEC(ZSTD(3)),
  made_at  DateTime('UTC'),
  version  UInt64
) ENGINE = ReplacingMergeTree(version)
PARTITION BY toYear(hour)
ORDER BY (world, feed, hour)
TTL made_at + INTERVAL 400 DAY;
