-- Rows as copy_history.sql gave them.
INSERT INTO supabase_migrations.schema_migrations
SELECT * FROM json_populate_recordset(NULL::supabase_migrations.schema_migrations, %s)
