CREATE TABLE accounts (
  id                   uuid PRIMARY KEY,
  account              text NOT NULL UNIQUE,
  name                 text NOT NULL,
  roles                text[] NOT NULL,
  password_hash        text NOT NULL,      -- argon2id, with its parameters
  must_change_password boolean NOT NULL,
  failed_sign_ins      integer NOT NULL DEFAULT 0,
  locked_until         timestamptz,
  created_at           timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE screens (
  id         uuid PRIMARY KEY,
  name       text NOT NULL,
  paired_by  text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz
);

-- The cookie holds a random token; only its sha-256 is kept.
CREATE TABLE sessions (
  token_hash text PRIMARY KEY,
  account    uuid REFERENCES accounts (id),
  screen     uuid REFERENCES screens (id),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  CHECK ((account IS NULL) <> (screen IS NULL))
);

CREATE TABLE pairings (
  code       text PRIMARY KEY,
  token_hash text NOT NULL,
  expires_at timestamptz NOT NULL,
  screen     uuid REFERENCES screens (id)
);

-- Append-only, each row bound to the one before it.
CREATE TABLE audit (
  n         bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  at        timestamptz NOT NULL DEFAULT now(),
  actor     text NOT NULL,
  action    text NOT NULL,
  object    text NOT NULL,
  result    text NOT NULL CHECK (result IN ('ok', 'denied', 'error')),
  prev_hash text NOT NULL,
  hash      text NOT NULL
);
