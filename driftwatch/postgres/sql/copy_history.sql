-- The whole history as one JSON text, every column as it is.
SELECT coalesce(json_agg(to_json(h) ORDER BY version COLLATE "C"), '[]')::text
FROM supabase_migrations.schema_migrations AS h
