-- How far the minute roll-up of each World is: minutes before `closed_to` (World time) are made, rows the store took
-- before `seen_to` (its own clock) are in them. Written after the minutes, so a killed job does its last step again.
CREATE TABLE IF NOT EXISTS rollup_progress (
  world     UInt16,
  closed_to DateTime64(3, 'UTC'),
  seen_to   DateTime('UTC'),
  version   UInt64
) ENGINE = ReplacingMergeTree(version)
ORDER BY (world);
