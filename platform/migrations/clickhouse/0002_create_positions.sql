-- Positions of Tracks: never of persons. Degrees in CGCS2000, metres per second, degrees from north.
CREATE TABLE IF NOT EXISTS positions (
  world           UInt16,
  track           UInt32,
  phenomenon_time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  known_time      DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  longitude       Float64 CODEC(Gorilla, ZSTD(1)),
  latitude        Float64 CODEC(Gorilla, ZSTD(1)),
  speed           Float32 CODEC(ZSTD(1)),
  heading         Float32 CODEC(ZSTD(1)),
  quality         UInt16 CODEC(ZSTD(1)),
  feed            UInt16 CODEC(ZSTD(1)),
  seq             UInt64 CODEC(Delta, ZSTD(1)),
  recorded_at     DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
  INDEX phenomenon phenomenon_time TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMMDD(recorded_at)
ORDER BY (world, track, phenomenon_time, seq)
TTL recorded_at + INTERVAL 90 DAY;
