-- The department whose orders an account answers; none for the command centre.
ALTER TABLE accounts ADD COLUMN department text;
-- What an act changed, as canonical JSON, and by which algorithm the row is bound to the one before it.
ALTER TABLE audit ADD COLUMN detail text;
ALTER TABLE audit ADD COLUMN algorithm text NOT NULL DEFAULT 'sha256';
