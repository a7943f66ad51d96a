-- How far the outbox of each World is durable in a log. Its own table: the counter's row is locked by every command.
CREATE TABLE outbox_cursors (
  world integer PRIMARY KEY REFERENCES worlds (no),
  n     bigint NOT NULL
);
