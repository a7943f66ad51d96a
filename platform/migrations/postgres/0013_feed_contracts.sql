-- Every contract that a feed ever had; a person's signature stands on one of them and cannot move to another.
CREATE TABLE feed_contracts (
  feed      integer NOT NULL REFERENCES feeds (no),
  version   integer NOT NULL,
  contract  jsonb NOT NULL,
  digest    text NOT NULL,          -- sha-256 of the contract's text: what was signed
  made_at   timestamptz NOT NULL DEFAULT now(),
  made_by   text NOT NULL,
  signed_at timestamptz,
  signed_by text,
  PRIMARY KEY (feed, version)
);
INSERT INTO feed_contracts (feed, version, contract, digest, made_at, made_by)
SELECT no, 1, mapping -> 'contract', encode(sha256(convert_to((mapping -> 'contract')::text, 'UTF8')), 'hex'), created_at, 'system:migration'
FROM feeds;

-- good: taken as it comes; degraded: every value is marked suspect; blocked: nothing is taken until a person lifts it.
ALTER TABLE feeds ADD COLUMN standing text NOT NULL DEFAULT 'good' CHECK (standing IN ('good', 'degraded', 'blocked'));
ALTER TABLE feeds ADD COLUMN standing_reason text;
ALTER TABLE feeds ADD COLUMN standing_since timestamptz;

-- A refused record that a person mended and sent again; the refusal itself is kept.
CREATE TABLE quarantine_mends (
  world    integer NOT NULL REFERENCES worlds (no),
  feed     integer NOT NULL REFERENCES feeds (no),
  seq      text NOT NULL,
  at       timestamptz NOT NULL DEFAULT now(),
  actor    text NOT NULL,
  accepted integer NOT NULL,
  rejected integer NOT NULL,
  PRIMARY KEY (world, feed, seq, at)
);

-- Who used which feed's data, counted by day: what no one uses is seen as well.
CREATE TABLE feed_uses (
  feed  integer NOT NULL REFERENCES feeds (no),
  actor text NOT NULL,
  way   text NOT NULL,
  day   date NOT NULL,
  times bigint NOT NULL,
  PRIMARY KEY (feed, actor, way, day)
);
