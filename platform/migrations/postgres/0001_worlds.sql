CREATE TABLE worlds (
  no           integer PRIMARY KEY CHECK (no BETWEEN 0 AND 65535),
  key          text NOT NULL UNIQUE,
  kind         text NOT NULL CHECK (kind IN ('live', 'exercise', 'replay', 'shadow')),
  name         jsonb NOT NULL,
  time_zone    text NOT NULL,
  parent       integer REFERENCES worlds (no),
  forked_at    double precision,
  anchor_world double precision NOT NULL,
  anchor_real  double precision NOT NULL,
  rate         double precision NOT NULL CHECK (rate >= 0),
  view         jsonb NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now()
);
-- One city, one live World: a second one would split its orders.
CREATE UNIQUE INDEX one_live_world ON worlds (kind) WHERE kind = 'live';

-- Gap-free number of each World's outbox; the row is locked by the transaction that takes the next one.
CREATE TABLE world_counters (
  world             integer PRIMARY KEY REFERENCES worlds (no),
  event_n           bigint NOT NULL DEFAULT 0,
  next_stream       bigint NOT NULL DEFAULT 0,
  next_track        bigint NOT NULL DEFAULT 0,
  catalogue_version bigint NOT NULL DEFAULT 0
);

CREATE TABLE events (
  world  integer NOT NULL REFERENCES worlds (no),
  n      bigint NOT NULL,
  kind   text NOT NULL,
  body   jsonb NOT NULL,
  actor  text NOT NULL,
  at     double precision NOT NULL, -- epoch ms of the World's clock
  PRIMARY KEY (world, n)
);

-- Epochs of the segment log and of live leadership: each number is handed out once, over all servers.
CREATE SEQUENCE log_epochs AS integer MINVALUE 1 MAXVALUE 16777215;
CREATE SEQUENCE live_epochs AS integer MINVALUE 1;
