-- Key of the city package that a World shows; none means the package that has the World's own key.
ALTER TABLE worlds ADD COLUMN IF NOT EXISTS city text;
