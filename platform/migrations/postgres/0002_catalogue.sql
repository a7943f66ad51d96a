CREATE TABLE feeds (
  no         integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (MINVALUE 1 MAXVALUE 65535),
  world      integer NOT NULL REFERENCES worlds (no),
  key        text NOT NULL,
  mapping    jsonb NOT NULL,          -- the whole declarative mapping with its contract, as validated
  digest     text NOT NULL,           -- of the mapping: the same file twice is no change
  key_hash   text,                    -- sha-256 of the producer's key; none for a file replay
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (world, key)
);

CREATE TABLE observed_properties (
  world      integer NOT NULL REFERENCES worlds (no),
  key        text NOT NULL,
  definition jsonb NOT NULL,
  PRIMARY KEY (world, key)
);

CREATE TABLE things (
  world      integer NOT NULL REFERENCES worlds (no),
  key        text NOT NULL,
  definition jsonb NOT NULL,
  PRIMARY KEY (world, key)
);

CREATE TABLE datastreams (
  world      integer NOT NULL REFERENCES worlds (no),
  no         bigint NOT NULL CHECK (no BETWEEN 0 AND 4294967295),
  feed       integer NOT NULL REFERENCES feeds (no),
  key        text NOT NULL,
  definition jsonb NOT NULL,
  PRIMARY KEY (world, no),
  UNIQUE (world, key)
);

CREATE TABLE tracks (
  world      integer NOT NULL REFERENCES worlds (no),
  no         bigint NOT NULL CHECK (no BETWEEN 0 AND 4294967295),
  feed       integer NOT NULL REFERENCES feeds (no),
  key        text NOT NULL,
  definition jsonb NOT NULL,
  PRIMARY KEY (world, no),
  UNIQUE (world, feed, key)
);

CREATE TABLE alarms (
  id           uuid PRIMARY KEY,
  world        integer NOT NULL REFERENCES worlds (no),
  detector     text NOT NULL,
  key          text NOT NULL,
  state        text NOT NULL CHECK (state IN ('raised', 'acknowledged', 'shelved', 'cleared')),
  body         jsonb NOT NULL
);
-- One open alarm per condition: two servers that see the same crossing raise it once.
CREATE UNIQUE INDEX one_open_alarm ON alarms (world, detector, key) WHERE state <> 'cleared';
