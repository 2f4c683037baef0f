-- Applied versions in the order of the Supabase CLI: as text.
-- to_jsonb: hosted projects have more columns, very old ones fewer.
SELECT version, to_jsonb(h) ->> 'name', to_jsonb(h) -> 'statements'
FROM supabase_migrations.schema_migrations AS h
ORDER BY version COLLATE "C"
