CREATE TABLE shifts (
  id    uuid PRIMARY KEY,
  world integer NOT NULL REFERENCES worlds (no),
  no    integer NOT NULL,
  state text NOT NULL,
  body  jsonb NOT NULL,
  UNIQUE (world, no)
);
-- One shift is on: the next one begins with the signature under the handover.
CREATE UNIQUE INDEX one_shift_on ON shifts (world) WHERE state <> 'closed';
