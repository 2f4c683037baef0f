-- Beside the history, because it is as little a part of the schema; there only while a push is half-way through a file.
CREATE TABLE IF NOT EXISTS supabase_migrations.driftwatch_progress (
  version text PRIMARY KEY,
  done integer NOT NULL,
  done_hash text NOT NULL,
  running text NOT NULL
);
COMMENT ON TABLE supabase_migrations.driftwatch_progress IS
  'Migrations that driftwatch began and has not finished: driftwatch sync to-remote goes on with them.';
