-- Latest position per Track, written like latest_values by the live leader: a new leader starts from it.
CREATE TABLE IF NOT EXISTS latest_positions (
  world           UInt16,
  track           UInt32,
  phenomenon_time DateTime64(3, 'UTC'),
  known_time      DateTime64(3, 'UTC'),
  longitude       Float64,
  latitude        Float64,
  speed           Float32,
  heading         Float32,
  quality         UInt16,
  seq             UInt64,
  version         UInt64
) ENGINE = ReplacingMergeTree(version)
ORDER BY (world, track);
