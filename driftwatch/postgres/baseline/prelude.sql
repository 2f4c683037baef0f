-- Runs first for every baseline, as the bootstrap superuser supabase_admin, in the database postgres.
--
-- Makes the role that migrations log in as, and the one door through which a statement that hosted Supabase
-- allows this role, but vanilla Postgres only a superuser, gets done: driftwatch_guard.elevate(). What a teammate
-- wrote must never run as the superuser, so every way there is closed here.

CREATE ROLE postgres LOGIN CREATEDB CREATEROLE REPLICATION BYPASSRLS;
ALTER DATABASE postgres OWNER TO postgres;
GRANT ALL ON DATABASE postgres TO postgres;
GRANT pg_monitor, pg_read_all_data, pg_signal_backend TO postgres WITH ADMIN OPTION;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_reload_conf() TO postgres WITH GRANT OPTION;

-- Parameters that hosted Supabase lets this role set, though Postgres reserves them for superusers.
GRANT SET ON PARAMETER
    session_replication_role, track_io_timing, track_functions, log_lock_waits, log_min_duration_statement,
    log_min_messages, log_replication_commands, log_statement, log_temp_files, wal_compression,
    "auto_explain.log_min_duration", "auto_explain.log_analyze", "auto_explain.log_nested_statements",
    "pg_net.batch_size", "pg_net.ttl", "pg_stat_statements.track",
    "pgaudit.log", "pgaudit.log_catalog", "pgaudit.log_client", "pgaudit.log_level", "pgaudit.log_parameter",
    "pgaudit.log_relation", "pgaudit.log_rows", "pgaudit.log_statement", "pgaudit.log_statement_once", "pgaudit.role",
    "pgrst.db_schemas", "pgrst.db_extra_search_path", "pgrst.db_pre_request", "pgrst.db_max_rows",
    "pgrst.db_aggregates_enabled", "pgrst.db_plan_enabled", "pgrst.jwt_secret", "pgrst.openapi_mode",
    "pgrst.server_timing_enabled", "plan_filter.statement_cost_limit", "safeupdate.enabled"
    TO postgres;

-- Before 16 a role with CREATEROLE may grant itself any role that is no superuser, those that run programs and
-- read or write files included. Nobody but a superuser can grant a role that is marked as one.
DO $$
BEGIN
    IF current_setting('server_version_num')::integer < 160000 THEN
        UPDATE pg_catalog.pg_authid SET rolsuper = true
        WHERE rolname IN ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files',
                          'pg_write_all_data');
    END IF;
END
$$;

CREATE SCHEMA driftwatch_guard;
REVOKE ALL ON SCHEMA driftwatch_guard FROM PUBLIC;
GRANT USAGE ON SCHEMA driftwatch_guard TO postgres;
COMMENT ON SCHEMA driftwatch_guard IS 'Stands in for what hosted Supabase lets the role postgres do.';

-- The secret that signs statements lives in a file of the data directory: postgres is a member of
-- pg_read_all_data, so a table would not keep it. Reading and writing it needs a superuser's functions.
CREATE VIEW driftwatch_guard.secret AS
SELECT rtrim(pg_catalog.pg_read_file('driftwatch_secret', 0, 4096, true), E'\n') AS value
WHERE pg_catalog.pg_read_file('driftwatch_secret', 0, 4096, true) IS NOT NULL;

CREATE FUNCTION driftwatch_guard.keep_secret() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.value !~ '^[A-Za-z0-9_+/=-]+$' THEN
        RAISE EXCEPTION 'a secret is made of letters, digits and _+/=-' USING ERRCODE = '22023';
    END IF;
    EXECUTE format('COPY (SELECT %L) TO %L', NEW.value, current_setting('data_directory') || '/driftwatch_secret');
    RETURN NEW;
END
$$;
CREATE TRIGGER keep_secret INSTEAD OF INSERT ON driftwatch_guard.secret
    FOR EACH ROW EXECUTE FUNCTION driftwatch_guard.keep_secret();

-- Gives to `postgres` what must belong to a superuser when it is given: event triggers, publications of all
-- tables, foreign data wrappers. For this moment the role is one; nothing but these statements runs in between.
CREATE FUNCTION driftwatch_guard.give_to_postgres(objects text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one text;
    was boolean := (SELECT rolsuper FROM pg_roles WHERE rolname = 'postgres'); -- as on the copy of a plain server
BEGIN
    IF cardinality(objects) > 0 THEN
        ALTER ROLE postgres SUPERUSER;
        FOREACH one IN ARRAY objects LOOP
            EXECUTE format('ALTER %s OWNER TO postgres', one);
        END LOOP;
        IF NOT was THEN
            ALTER ROLE postgres NOSUPERUSER;
        END IF;
    END IF;
END
$$;

-- Every function below that runs as the superuser names pg_temp in its path: left out, it would be searched first, and a
-- teammate's temporary pg_roles be found there.

-- Event triggers of a teammate fire for whatever runs, also for what runs as the superuser, and as that user.
-- So they rest while it does: switched off, and for that time not `postgres`'s, so that none of them can switch
-- another one on again. An extension's script may run inside another's event, hence the depth.
-- (Both with keys: a publication of all tables lets no other be updated.)
CREATE TABLE driftwatch_guard.rest_depth (only_row boolean PRIMARY KEY DEFAULT true, depth integer NOT NULL);
INSERT INTO driftwatch_guard.rest_depth (depth) VALUES (0);
CREATE TABLE driftwatch_guard.resting (evtname name PRIMARY KEY, evtenabled "char" NOT NULL);

CREATE FUNCTION driftwatch_guard.rest() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
BEGIN
    UPDATE driftwatch_guard.rest_depth SET depth = depth + 1;
    FOR one IN
        SELECT t.evtname, t.evtenabled
        FROM pg_event_trigger AS t JOIN pg_roles AS r ON r.oid = t.evtowner
        WHERE NOT r.rolsuper
    LOOP
        INSERT INTO driftwatch_guard.resting VALUES (one.evtname, one.evtenabled);
        EXECUTE format('ALTER EVENT TRIGGER %I DISABLE', one.evtname);
        EXECUTE format('ALTER EVENT TRIGGER %I OWNER TO supabase_admin', one.evtname);
    END LOOP;
END
$$;

CREATE FUNCTION driftwatch_guard.wake() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    names text[] := '{}';
    one record;
BEGIN
    UPDATE driftwatch_guard.rest_depth SET depth = depth - 1;
    IF (SELECT depth > 0 FROM driftwatch_guard.rest_depth) THEN
        RETURN;
    END IF;
    FOR one IN DELETE FROM driftwatch_guard.resting RETURNING *
    LOOP
        names := names || format('EVENT TRIGGER %I', one.evtname);
        IF one.evtenabled <> 'D' THEN
            EXECUTE format('ALTER EVENT TRIGGER %I ENABLE%s', one.evtname,
                           CASE one.evtenabled WHEN 'A' THEN ' ALWAYS' WHEN 'R' THEN ' REPLICA' ELSE '' END);
        END IF;
    END LOOP;
    PERFORM driftwatch_guard.give_to_postgres(names);
END
$$;

-- The superuser's own event triggers, publications and foreign data wrappers, as ALTER names them.
CREATE FUNCTION driftwatch_guard.of_superuser(members_only boolean) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(found.what), '{}')
    FROM (
        SELECT 'pg_event_trigger'::regclass AS classid, oid, format('EVENT TRIGGER %I', evtname) AS what, evtowner AS owner
        FROM pg_event_trigger
        UNION ALL
        SELECT 'pg_publication'::regclass, oid, format('PUBLICATION %I', pubname), pubowner FROM pg_publication
        UNION ALL
        SELECT 'pg_foreign_data_wrapper'::regclass, oid, format('FOREIGN DATA WRAPPER %I', fdwname), fdwowner
        FROM pg_foreign_data_wrapper
    ) AS found
    JOIN pg_roles AS r ON r.oid = found.owner AND r.rolsuper
    WHERE NOT members_only
       OR found.classid = 'pg_foreign_data_wrapper'::regclass AND EXISTS (
            SELECT FROM pg_depend AS d
            WHERE d.classid = found.classid AND d.objid = found.oid AND d.deptype = 'e'
        )
$$;

-- What no elevated statement may change: who is a superuser, and who is a member of one.
CREATE FUNCTION driftwatch_guard.powers() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT concat(
        (SELECT string_agg(oid::text, ',' ORDER BY oid) FROM pg_authid WHERE rolsuper), ';',
        (SELECT string_agg(m.roleid || '>' || m.member, ',' ORDER BY m.roleid, m.member)
         FROM pg_auth_members AS m JOIN pg_authid AS r ON r.oid = m.roleid
         WHERE r.rolsuper OR r.rolname IN ('pg_execute_server_program', 'pg_read_server_files',
                                           'pg_write_server_files', 'pg_write_all_data'))
    )
$$;

-- Settings of databases and roles; only ones with a name of the application's own may be added by elevation.
CREATE FUNCTION driftwatch_guard.settings_of_roles() RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(concat(s.setdatabase, ',', s.setrole, ':', one)), '{}')
    FROM pg_db_role_setting AS s CROSS JOIN unnest(s.setconfig) AS one
$$;

-- Refuses what is not of the statement classes that hosted Supabase allows, should the client ever sign it, and
-- what would call a teammate's function on the way: the validator of a foreign data wrapper, the check of a
-- domain in a publication's WHERE.
CREATE FUNCTION driftwatch_guard.check_elevated(statement text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    bare text := regexp_replace(statement, '^(\s|--[^\n]*\n|/\*([^*]|\*[^/])*\*/)*', '');
BEGIN
    IF bare !~* '^(create\s+event\s+trigger|(create|alter)\s+publication|(create|alter)\s+foreign\s+data\s+wrapper|alter\s+database|(create|alter)\s+(role|user))\s'
       OR bare ~* '^[a-z]+\s+publication\M.*\mwhere\M' THEN
        RAISE EXCEPTION 'permission denied for function elevate' USING ERRCODE = '42501';
    ELSIF bare ~* '^[a-z]+\s+foreign\M' AND EXISTS (
        SELECT FROM pg_proc AS p JOIN pg_roles AS r ON r.oid = p.proowner
        WHERE NOT r.rolsuper AND p.proargtypes = '1009 26'::oidvector
    ) THEN
        RAISE EXCEPTION 'permission denied to create or alter a foreign-data wrapper'
            USING ERRCODE = '42501',
                  HINT = 'A function (text[], oid) of an ordinary role exists, which could be its validator.';
    END IF;
END
$$;

-- Runs one statement as the superuser. schemas is the caller's search path, written out.
-- standard_conforming_strings is pinned: with it off, the server would read another statement than was signed.
CREATE FUNCTION driftwatch_guard.run_elevated(statement text, signature text, schemas text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
DECLARE
    had text[];
    powers text;
    settings text[];
    secret text := (SELECT value FROM driftwatch_guard.secret);
BEGIN
    IF secret IS NULL
       OR signature IS DISTINCT FROM encode(sha256(convert_to(secret || statement || secret, 'UTF8')), 'hex')
       OR (SELECT depth > 0 FROM driftwatch_guard.rest_depth) THEN
        RAISE EXCEPTION 'permission denied for function elevate' USING ERRCODE = '42501';
    END IF;
    PERFORM driftwatch_guard.check_elevated(statement);
    PERFORM driftwatch_guard.rest();
    had := driftwatch_guard.of_superuser(false);
    powers := driftwatch_guard.powers();
    settings := driftwatch_guard.settings_of_roles();
    PERFORM set_config('search_path', schemas, true);
    EXECUTE statement;
    PERFORM set_config('search_path', 'pg_catalog, pg_temp', true);
    IF driftwatch_guard.powers() <> powers THEN
        RAISE EXCEPTION 'must be superuser to alter superuser roles or change superuser attribute'
            USING ERRCODE = '42501';
    END IF;
    IF EXISTS (
        SELECT FROM unnest(driftwatch_guard.settings_of_roles()) AS one
        WHERE one <> ALL (settings) AND one !~ ':(?!pl(perl|python|tcl|v8|java))[^.=]+[.]'
    ) THEN
        RAISE EXCEPTION 'permission denied to set parameter' USING ERRCODE = '42501';
    END IF;
    -- It would fire, as that user, when the superuser logs in.
    IF EXISTS (
        SELECT FROM pg_event_trigger WHERE evtevent = 'login'
        AND format('EVENT TRIGGER %I', evtname) <> ALL (had)
    ) THEN
        RAISE EXCEPTION 'permission denied to create event trigger on login' USING ERRCODE = '42501';
    END IF;
    PERFORM driftwatch_guard.give_to_postgres(ARRAY(
        SELECT what FROM unnest(driftwatch_guard.of_superuser(false)) AS what WHERE what <> ALL (had)
    ));
    PERFORM driftwatch_guard.wake();
END
$$;

-- The door. What the owner may do anyway runs as the caller; the rest needs the signature of the client, which
-- has parsed the statement and knows the secret.
CREATE FUNCTION driftwatch_guard.elevate(statement text, signature text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF statement OPERATOR(pg_catalog.~*) '^\s*(drop\s|alter\s+event\s+trigger\s)' THEN
        EXECUTE statement;
    ELSE
        PERFORM driftwatch_guard.run_elevated(statement, signature, (
            SELECT pg_catalog.string_agg(pg_catalog.quote_ident(one), ', ' ORDER BY position)
            FROM pg_catalog.unnest(pg_catalog.current_schemas(false)) WITH ORDINALITY AS path (one, position)
        ));
    END IF;
END
$$;

-- Scripts of trusted extensions run as the superuser. A dump names the schema that such an extension brings
-- (WITH SCHEMA "pgsodium"), which Postgres only takes when it is there.
CREATE FUNCTION driftwatch_guard.before_extension() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    schema text;
BEGIN
    PERFORM driftwatch_guard.rest();
    FOREACH schema IN ARRAY ARRAY['cron', 'dbdev', 'graphql', 'net', 'pgmq', 'pgsodium', 'pgtle', 'tiger', 'topology', 'vault'] LOOP
        IF TG_TAG = 'CREATE EXTENSION' AND current_query() ~* format('\mschema\s+"?%s\M', schema)
           AND NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = schema) THEN
            EXECUTE format('CREATE SCHEMA %I', schema);
            EXECUTE format('GRANT ALL ON SCHEMA %I TO postgres', schema);
        END IF;
    END LOOP;
END
$$;

-- What the script of an extension withheld from everybody (dblink_connect_u, which needs no password) stays
-- withheld, whatever the default privileges gave. Roles of Postgres's own keep what the script gave them.
CREATE FUNCTION driftwatch_guard.withhold(function oid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT p.oid::regprocedure AS name, g.grantee::regrole AS grantee
        FROM pg_proc AS p CROSS JOIN aclexplode(p.proacl) AS g
        WHERE p.oid = function AND g.grantee <> p.proowner AND g.grantee::regrole::text !~ '^pg_'
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM %s', one.name, one.grantee);
    END LOOP;
END
$$;

-- "FUNCTION public.f(integer)", as ALTER … OWNER names a member of an extension that belongs to a superuser; NULL for
-- kinds that have no owner.
CREATE FUNCTION driftwatch_guard.member(class oid, object oid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT what
    FROM (
        SELECT p.proowner, CASE p.prokind WHEN 'a' THEN 'AGGREGATE ' WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END
               || p.oid::regprocedure
        FROM pg_proc AS p WHERE class = 'pg_proc'::regclass AND p.oid = object
        UNION ALL
        SELECT t.typowner, format('TYPE %s', t.oid::regtype) FROM pg_type AS t
        WHERE class = 'pg_type'::regclass AND t.oid = object AND t.typelem = 0
          AND (t.typrelid = 0 OR (SELECT c.relkind = 'c' FROM pg_class AS c WHERE c.oid = t.typrelid))
        UNION ALL
        SELECT o.oprowner, format('OPERATOR %s', o.oid::regoperator) FROM pg_operator AS o
        WHERE class = 'pg_operator'::regclass AND o.oid = object
        UNION ALL
        SELECT f.opfowner, format('OPERATOR FAMILY %s.%I USING %I', f.opfnamespace::regnamespace, f.opfname, a.amname)
        FROM pg_opfamily AS f JOIN pg_am AS a ON a.oid = f.opfmethod
        WHERE class = 'pg_opfamily'::regclass AND f.oid = object
        UNION ALL
        SELECT c.opcowner, format('OPERATOR CLASS %s.%I USING %I', c.opcnamespace::regnamespace, c.opcname, a.amname)
        FROM pg_opclass AS c JOIN pg_am AS a ON a.oid = c.opcmethod
        WHERE class = 'pg_opclass'::regclass AND c.oid = object
        UNION ALL
        SELECT d.dictowner, format('TEXT SEARCH DICTIONARY %s', d.oid::regdictionary) FROM pg_ts_dict AS d
        WHERE class = 'pg_ts_dict'::regclass AND d.oid = object
        UNION ALL
        SELECT c.relowner, format('%s %s', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
                                  c.oid::regclass)
        FROM pg_class AS c WHERE class = 'pg_class'::regclass AND c.oid = object AND c.relkind IN ('r', 'v', 'S')
    ) AS found (owner, what)
    JOIN pg_roles AS r ON r.oid = found.owner AND r.rolsuper
$$;

-- Hands over what came with an extension, as hosted Supabase does: foreign data wrappers are `postgres`'s, and so are
-- the members of a relocatable extension, which ALTER EXTENSION SET SCHEMA needs.
CREATE FUNCTION driftwatch_guard.after_extension() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
    what text;
BEGIN
    FOR one IN
        SELECT d.classid, d.objid, p.oid IS NOT NULL AS withheld
        FROM pg_extension AS x
        JOIN pg_depend AS d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = x.oid AND d.deptype = 'e'
        LEFT JOIN pg_proc AS p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid AND p.proacl IS NOT NULL
             AND NOT EXISTS (SELECT FROM aclexplode(p.proacl) AS e WHERE e.grantee = 0)
        WHERE x.oid NOT IN (SELECT h.oid FROM driftwatch_guard.handed_over AS h)
          AND (x.extrelocatable OR p.oid IS NOT NULL)
    LOOP
        IF one.withheld THEN
            PERFORM driftwatch_guard.withhold(one.objid);
        ELSE
            what := driftwatch_guard.member(one.classid, one.objid);
            IF what IS NOT NULL THEN
                EXECUTE format('ALTER %s OWNER TO postgres', what);
            END IF;
        END IF;
    END LOOP;
    PERFORM driftwatch_guard.give_to_postgres(driftwatch_guard.of_superuser(true));
    IF TG_TAG = 'CREATE EXTENSION' THEN  -- an update may bring new members later
        INSERT INTO driftwatch_guard.handed_over SELECT x.oid FROM pg_extension AS x ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM driftwatch_guard.handed_over;
    END IF;
    PERFORM driftwatch_guard.wake();
END
$$;
CREATE TABLE driftwatch_guard.handed_over (oid oid PRIMARY KEY);

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA driftwatch_guard FROM PUBLIC;
GRANT EXECUTE ON FUNCTION driftwatch_guard.elevate(text, text) TO postgres;
GRANT EXECUTE ON FUNCTION driftwatch_guard.run_elevated(text, text, text) TO postgres;

CREATE EVENT TRIGGER driftwatch_guard_before_extension ON ddl_command_start
    WHEN TAG IN ('CREATE EXTENSION', 'ALTER EXTENSION')
    EXECUTE FUNCTION driftwatch_guard.before_extension();
CREATE EVENT TRIGGER driftwatch_guard_after_extension ON ddl_command_end
    WHEN TAG IN ('CREATE EXTENSION', 'ALTER EXTENSION')
    EXECUTE FUNCTION driftwatch_guard.after_extension();
-- ALWAYS: migrations may set session_replication_role.
ALTER EVENT TRIGGER driftwatch_guard_before_extension ENABLE ALWAYS;
ALTER EVENT TRIGGER driftwatch_guard_after_extension ENABLE ALWAYS;
