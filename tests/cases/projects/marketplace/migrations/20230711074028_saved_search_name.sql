ALTER TABLE IF EXISTS saved_searches ADD COLUMN IF NOT EXISTS name VARCHAR(60);
UPDATE saved_searches SET name = left(query, 60) WHERE name IS NULL;
