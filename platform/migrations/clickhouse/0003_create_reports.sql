-- What persons, departments and other systems said. `body` is the whole Report as JSON; a revision is a new row.
CREATE TABLE IF NOT EXISTS reports (
  world           UInt16,
  id              UUID,
  kind            LowCardinality(String),
  phenomenon_time DateTime64(3, 'UTC'),
  known_time      DateTime64(3, 'UTC'),
  body            String CODEC(ZSTD(3)),
  feed            UInt16,
  seq             UInt64,
  recorded_at     DateTime('UTC')
) ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (world, id, seq);
