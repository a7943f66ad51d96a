-- Roads that somebody closed and nobody opened again: one row per source, its newest word.
CREATE TABLE IF NOT EXISTS road_closures (
  world integer NOT NULL REFERENCES worlds (no),
  source text NOT NULL,
  reason text NOT NULL,
  -- Component codes of whole roads, and places whose stretch is closed.
  codes jsonb NOT NULL,
  places jsonb NOT NULL,
  closed_by text NOT NULL,
  closed_at timestamptz NOT NULL,
  PRIMARY KEY (world, source)
);
