-- A login for driftwatch that owns nothing, can change nothing, and reads no rows of your tables.
--
-- Run it as the owner of the database: on hosted Supabase in the SQL editor, elsewhere with psql. It may be run again:
-- after the first push, for example, when the history is there to be read.
--
-- With it work: status, check, diff, fingerprint, snapshot (not --sql), blame and the daemon.
-- Without it: sync to-remote writes, and verify's proof on a copy of the remote and snapshot --sql run pg_dump, which
-- locks every table; give those commands a login that may.

DO $driftwatch$
DECLARE
    reader CONSTANT text := {literal};
    wanted record;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = reader) THEN
        -- Without a password nobody can log in as it yet: see the end.
        EXECUTE pg_catalog.format('CREATE ROLE %I LOGIN NOINHERIT CONNECTION LIMIT 5', reader);
    END IF;
    EXECUTE pg_catalog.format('ALTER ROLE %I SET default_transaction_read_only = on', reader);
    EXECUTE pg_catalog.format('ALTER ROLE %I SET statement_timeout = %L', reader, '2min');
    EXECUTE pg_catalog.format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', reader, '1min');
    IF NOT pg_catalog.has_database_privilege(reader, pg_catalog.current_database(), 'CONNECT') THEN
        EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO %I', pg_catalog.current_database(), reader);
    END IF;

    -- Nearly all that driftwatch reads are Postgres's own catalogs, which every login may read. The rest:
    FOR wanted IN
        SELECT * FROM (VALUES
            ('supabase_migrations', 'schema_migrations', 'SELECT', 'which migrations were applied'),
            ('storage', 'buckets', 'SELECT', 'storage buckets'),
            ('cron', 'job', 'SELECT', 'cron jobs'),
            ('driftwatch_audit', 'changes', 'SELECT', 'who changed the schema, where that is recorded'),
            ('vault', 'secrets', 'SELECT (id, name, description)', 'names of vault secrets, never their values')
        ) AS one (schema, relation, privilege, meaning)
        WHERE pg_catalog.to_regclass(one.schema || '.' || one.relation) IS NOT NULL
    LOOP
        BEGIN
            EXECUTE pg_catalog.format('GRANT USAGE ON SCHEMA %I TO %I', wanted.schema, reader);
            EXECUTE pg_catalog.format('GRANT %s ON %I.%I TO %I',
                                      wanted.privilege, wanted.schema, wanted.relation, reader);
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE NOTICE 'not granted: % (%.%): %', wanted.meaning, wanted.schema, wanted.relation, SQLERRM;
        END;
    END LOOP;
    IF pg_catalog.to_regclass('supabase_migrations.schema_migrations') IS NULL THEN
        RAISE NOTICE 'no migration was applied here yet: run this again after the first push';
    END IF;

    -- Row security hides every row of storage.buckets from a login without a policy, and of cron.job the rows of other
    -- users. A policy for this login would itself be a difference, so it bypasses row security instead. It gains no
    -- table by that: it still may read the ones above only, and what is granted to PUBLIC. Leave this out if you do not
    -- want it; buckets and jobs are then not compared.
    BEGIN
        EXECUTE pg_catalog.format('ALTER ROLE %I BYPASSRLS', reader);
    EXCEPTION WHEN insufficient_privilege THEN
        RAISE NOTICE 'row security hides storage buckets and cron jobs from %: %', reader, SQLERRM;
    END;
END
$driftwatch$;

-- Then choose a long random password. In psql, which does not show or log it:
--
--     \password {identifier}
--
-- In the SQL editor, with a password of your own in place of the dots and without the dashes:
--
--     ALTER ROLE {identifier} PASSWORD '…';
--
-- Through Supabase's pooler its user name is {identifier}.<project ref>.
