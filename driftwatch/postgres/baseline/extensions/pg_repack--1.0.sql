-- Stand-in for pg_repack: its program is not used here.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'repack') THEN
        CREATE SCHEMA repack;
    END IF;
END
$$;
CREATE FUNCTION repack.version() RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'pg_repack (stand-in)' $$;
