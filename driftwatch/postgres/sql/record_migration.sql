-- One applied migration, as the Supabase CLI records it.
INSERT INTO supabase_migrations.schema_migrations (version, name, statements) VALUES ({}, {}, {})
