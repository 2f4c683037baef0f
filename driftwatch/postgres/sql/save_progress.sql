-- How far one migration got.
INSERT INTO supabase_migrations.driftwatch_progress (version, done, done_hash, running) VALUES (%s, %s, %s, %s)
ON CONFLICT (version) DO UPDATE
SET done = excluded.done, done_hash = excluded.done_hash, running = excluded.running
