-- How walls are put together and what they show; every version stays, so that an act can be undone and looked up.
CREATE TABLE wall_layouts (
  wall    text NOT NULL,
  version integer NOT NULL,
  body    jsonb NOT NULL,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (wall, version)
);

CREATE TABLE wall_states (
  wall    text NOT NULL,
  version integer NOT NULL,
  act     jsonb NOT NULL,
  body    jsonb NOT NULL,
  undo_to integer,                -- the version that an undo goes back to
  made_by text NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (wall, version)
);
