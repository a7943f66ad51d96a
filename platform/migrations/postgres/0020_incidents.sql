CREATE TABLE incidents (
  id    uuid PRIMARY KEY,
  world integer NOT NULL REFERENCES worlds (no),
  no    integer NOT NULL,
  state text NOT NULL,
  body  jsonb NOT NULL
);
CREATE INDEX incidents_of_world ON incidents (world, state);
-- The short number by which people cite an incident is held by one open incident.
CREATE UNIQUE INDEX one_incident_number ON incidents (world, no) WHERE state NOT IN ('archived', 'merged', 'closed');
ALTER TABLE world_counters ADD COLUMN incident_no integer NOT NULL DEFAULT 0;

-- Append-only: what was said and done about one incident, in order.
CREATE TABLE incident_log (
  incident uuid NOT NULL REFERENCES incidents (id),
  n        integer NOT NULL,
  body     jsonb NOT NULL,
  PRIMARY KEY (incident, n)
);

CREATE TABLE tasks (
  id       uuid PRIMARY KEY,
  world    integer NOT NULL REFERENCES worlds (no),
  incident uuid NOT NULL REFERENCES incidents (id),
  state    text NOT NULL,
  body     jsonb NOT NULL
);
CREATE INDEX tasks_of_incident ON tasks (incident);
CREATE INDEX tasks_of_world ON tasks (world, state);

CREATE TABLE activations (
  id       uuid PRIMARY KEY,
  world    integer NOT NULL REFERENCES worlds (no),
  plan     text NOT NULL,
  incident uuid REFERENCES incidents (id),
  state    text NOT NULL,
  body     jsonb NOT NULL
);
-- A plan is proposed or at work once for one incident, whoever saw the trigger.
CREATE UNIQUE INDEX one_open_activation ON activations
  (world, plan, coalesce(incident, '00000000-0000-0000-0000-000000000000'::uuid))
  WHERE state IN ('proposed', 'deferred', 'active');

CREATE TABLE decisions (
  id       uuid PRIMARY KEY,
  world    integer NOT NULL REFERENCES worlds (no),
  incident uuid NOT NULL REFERENCES incidents (id),
  state    text NOT NULL,
  body     jsonb NOT NULL
);
CREATE INDEX decisions_of_world ON decisions (world, state);

-- Calls hold the caller's name and number: for desks alone, no part of the picture.
CREATE TABLE calls (
  id       uuid PRIMARY KEY,
  world    integer NOT NULL REFERENCES worlds (no),
  incident uuid REFERENCES incidents (id),
  at       double precision NOT NULL, -- epoch ms of the World's clock
  body     jsonb NOT NULL
);
CREATE INDEX calls_of_world ON calls (world, at DESC);

-- Who has which unit: a unit is committed once, whatever the number of commanders.
CREATE TABLE commitments (
  world    integer NOT NULL REFERENCES worlds (no),
  unit     text NOT NULL,
  task     uuid NOT NULL REFERENCES tasks (id),
  incident uuid NOT NULL REFERENCES incidents (id),
  PRIMARY KEY (world, unit)
);
CREATE INDEX commitments_of_task ON commitments (task);
