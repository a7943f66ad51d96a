-- What each feed delivered in each minute of machine time; kept to show rates, lateness and refusals over days.
CREATE TABLE IF NOT EXISTS feed_minutes (
  world       UInt16,
  feed        UInt16,
  minute      DateTime('UTC'),
  server      LowCardinality(String),
  received    UInt64,
  accepted    UInt64,
  duplicates  UInt64,
  corrections UInt64,
  late        UInt64,
  rejected    UInt64,
  flagged     UInt64,
  version     UInt64
) ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(minute)
ORDER BY (world, feed, minute, server)
TTL minute + INTERVAL 400 DAY;
