-- Migrations that were begun and not finished.
SELECT version, done, done_hash, running
FROM supabase_migrations.driftwatch_progress
ORDER BY version COLLATE "C"
