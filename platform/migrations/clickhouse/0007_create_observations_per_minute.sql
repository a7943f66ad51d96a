-- Minute roll-ups made by a job over closed and dirty minutes. Not a materialised view: that counts re-sent rows twice.
CREATE TABLE IF NOT EXISTS observations_per_minute (
  world   UInt16,
  stream  UInt32,
  minute  DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
  samples UInt32 CODEC(ZSTD(1)),
  mean    Float64 CODEC(Gorilla, ZSTD(1)),
  low     Float64 CODEC(Gorilla, ZSTD(1)),
  high    Float64 CODEC(Gorilla, ZSTD(1)),
  last    Float64 CODEC(Gorilla, ZSTD(1)),
  flags   UInt16 CODEC(ZSTD(1)),
  version UInt64 CODEC(Delta, ZSTD(1))
) ENGINE = ReplacingMergeTree(version)
PARTITION BY toYear(minute)
ORDER BY (world, stream, minute);
