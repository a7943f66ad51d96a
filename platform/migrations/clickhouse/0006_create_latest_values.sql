-- Latest value per Datastream, written by the live leader once a second for the streams that changed: a new leader
-- and a wide screen read this instead of the newest row of a hundred million.
CREATE TABLE IF NOT EXISTS latest_values (
  world           UInt16,
  stream          UInt32,
  phenomenon_time DateTime64(3, 'UTC'),
  known_time      DateTime64(3, 'UTC'),
  value           Float64,
  quality         UInt16,
  seq             UInt64,
  state           UInt8,
  silent_since    DateTime64(3, 'UTC'),
  version         UInt64
) ENGINE = ReplacingMergeTree(version)
ORDER BY (world, stream);
