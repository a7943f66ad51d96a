CREATE TABLE model_runs (
  id           uuid PRIMARY KEY,
  world        integer NOT NULL REFERENCES worlds (no),
  model        text NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('official', 'whatIf')),
  state        text NOT NULL,
  digest       text NOT NULL,            -- of the request: what the result follows from
  attempt      integer NOT NULL,
  asked_at     double precision NOT NULL, -- epoch ms of the machine
  heartbeat_at double precision,          -- of the worker that carries it out
  body         jsonb NOT NULL,
  -- The same question twice is the same run, unless somebody asks for it again on purpose.
  UNIQUE (world, model, digest, attempt)
);
CREATE INDEX model_runs_newest ON model_runs (world, model, asked_at DESC);
CREATE INDEX model_runs_in_flight ON model_runs (state) WHERE state IN ('due', 'late', 'running');

CREATE TABLE model_modifiers (
  id         uuid PRIMARY KEY,
  world      integer NOT NULL REFERENCES worlds (no),
  model      text NOT NULL,
  expires_at double precision NOT NULL,   -- epoch ms of the World's clock
  body       jsonb NOT NULL
);

-- A forecast beside what came: one row for each run and target, written when its time has come.
CREATE TABLE model_scores (
  world      integer NOT NULL REFERENCES worlds (no),
  model      text NOT NULL,
  run        uuid NOT NULL REFERENCES model_runs (id),
  scored_at  double precision NOT NULL,   -- epoch ms of the World's clock
  body       jsonb NOT NULL,
  PRIMARY KEY (run)
);
CREATE INDEX model_scores_newest ON model_scores (world, model, scored_at DESC);
