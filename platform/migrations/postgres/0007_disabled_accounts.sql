-- An account that may not sign in any more; the audit goes on naming it.
ALTER TABLE accounts ADD COLUMN disabled_at timestamptz;
