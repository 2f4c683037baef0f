-- Runs last, after supabase.sql. `postgres` is a member of the owners of the managed tables, which is more than
-- hosted Supabase allows. These event triggers take back the rest, in Postgres's own words (42501).
--
-- Allowed on managed tables: policies, triggers, comments, grants, rows, and an ALTER TABLE that changes nothing.
-- Objects of one's own in the schemas auth, storage and realtime: only while settings.legacy is true, as hosted
-- Supabase allowed until April 2025. What was made then stays its owner's to change and drop.

CREATE TABLE driftwatch_guard.settings (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    legacy boolean NOT NULL DEFAULT false
);
INSERT INTO driftwatch_guard.settings DEFAULT VALUES;

-- Objects of the baseline. shape: what an ALTER must leave as it is; NULL = it may not be altered at all.
CREATE TABLE driftwatch_guard.managed (
    classid oid NOT NULL,
    objid oid NOT NULL,
    name text NOT NULL,
    shape text,
    PRIMARY KEY (classid, objid)
);
-- What `postgres` made in the managed schemas while that was allowed.
CREATE TABLE driftwatch_guard.own (classid oid NOT NULL, objid oid NOT NULL, PRIMARY KEY (classid, objid));

CREATE FUNCTION driftwatch_guard.relation_shape(relation oid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT concat_ws(E'\n',
        (SELECT (c.relname, c.relnamespace, c.relowner, c.relkind, c.relpersistence, c.relrowsecurity,
                 c.relforcerowsecurity, c.relreplident, c.reltablespace, c.relam, c.reloptions, c.reloftype,
                 pg_get_expr(c.relpartbound, c.oid))::text
         FROM pg_class AS c WHERE c.oid = relation),
        (SELECT string_agg((a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attidentity, a.attgenerated,
                            a.attisdropped, a.attstorage, a.attcompression, a.attcollation, a.attoptions,
                            a.attstattarget, pg_get_expr(d.adbin, d.adrelid))::text, E'\n' ORDER BY a.attnum)
         FROM pg_attribute AS a LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
         WHERE a.attrelid = relation AND a.attnum > 0),
        (SELECT string_agg((k.oid, k.conname, pg_get_constraintdef(k.oid), k.convalidated)::text, E'\n' ORDER BY k.oid)
         FROM pg_constraint AS k WHERE k.conrelid = relation),
        (SELECT string_agg(i.inhparent::text, ',' ORDER BY i.inhseqno) FROM pg_inherits AS i WHERE i.inhrelid = relation)
    )
$$;

CREATE FUNCTION driftwatch_guard.shape(class oid, object oid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE class
        WHEN 'pg_class'::regclass THEN driftwatch_guard.relation_shape(object)
        WHEN 'pg_proc'::regclass THEN (
            SELECT (p.proname, p.pronamespace, p.proowner, p.prolang, p.prosrc, p.prosecdef, p.proleakproof,
                    p.proisstrict, p.provolatile, p.proparallel, p.procost, p.prorows, p.proconfig,
                    pg_get_function_arguments(p.oid), p.prorettype)::text
            FROM pg_proc AS p WHERE p.oid = object)
        WHEN 'pg_type'::regclass THEN (
            SELECT (t.typname, t.typnamespace, t.typowner, t.typdefault,
                    ARRAY(SELECT e.enumlabel FROM pg_enum AS e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder))::text
            FROM pg_type AS t WHERE t.oid = object)
    END
$$;

CREATE FUNCTION driftwatch_guard.refuse(message text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = message;
END
$$;

-- "must be owner of …", as Postgres says it of this object of the baseline.
CREATE FUNCTION driftwatch_guard.not_owner(class oid, object oid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT 'must be owner of ' || coalesce(
        (SELECT CASE c.relkind WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' WHEN 'S' THEN 'sequence'
                               WHEN 'v' THEN 'view' WHEN 'c' THEN 'type' ELSE 'table' END || ' ' || c.relname
         FROM pg_class AS c WHERE class = 'pg_class'::regclass AND c.oid = object),
        (SELECT 'function ' || p.proname FROM pg_proc AS p WHERE class = 'pg_proc'::regclass AND p.oid = object),
        (SELECT 'type ' || format_type(t.oid, NULL) FROM pg_type AS t
         WHERE class = 'pg_type'::regclass AND t.oid = object),
        'object'
    )
$$;

-- The table that a policy, trigger, rule, index, constraint or statistics object belongs to; else NULL.
CREATE FUNCTION driftwatch_guard.table_of(class oid, object oid) RETURNS oid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE class
        WHEN 'pg_policy'::regclass THEN (SELECT polrelid FROM pg_policy WHERE oid = object)
        WHEN 'pg_trigger'::regclass THEN (SELECT tgrelid FROM pg_trigger WHERE oid = object)
        WHEN 'pg_rewrite'::regclass THEN (SELECT ev_class FROM pg_rewrite WHERE oid = object)
        WHEN 'pg_constraint'::regclass THEN (SELECT conrelid FROM pg_constraint WHERE oid = object)
        WHEN 'pg_statistic_ext'::regclass THEN (SELECT stxrelid FROM pg_statistic_ext WHERE oid = object)
        WHEN 'pg_class'::regclass THEN (SELECT indrelid FROM pg_index WHERE indexrelid = object)
    END
$$;

CREATE FUNCTION driftwatch_guard.check_command(
    tag text, class oid, object oid, kind text, schema text, legacy boolean
) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    base driftwatch_guard.managed := (SELECT m FROM driftwatch_guard.managed AS m WHERE m.classid = class AND m.objid = object);
    tbl oid := driftwatch_guard.table_of(class, object);
    on_managed boolean := EXISTS (
        SELECT FROM driftwatch_guard.managed AS m WHERE m.classid = 'pg_class'::regclass AND m.objid = tbl);
BEGIN
    IF kind IN ('policy', 'trigger') THEN
        -- supautils lets it manage these on every managed table but the services' own records
        IF on_managed AND (SELECT relname IN ('migrations', 'schema_migrations') FROM pg_class WHERE oid = tbl) THEN
            PERFORM driftwatch_guard.refuse(CASE kind
                WHEN 'policy' THEN driftwatch_guard.not_owner('pg_class'::regclass, tbl)
                ELSE 'permission denied for table ' || (SELECT relname FROM pg_class WHERE oid = tbl) END);
        END IF;
    ELSIF base.objid IS NOT NULL THEN
        IF base.shape IS NOT DISTINCT FROM driftwatch_guard.shape(class, object) AND base.shape IS NOT NULL
           AND NOT (class = 'pg_class'::regclass AND EXISTS (
               SELECT FROM pg_trigger WHERE tgrelid = object AND tgenabled <> 'O')) THEN
            RETURN;
        ELSIF legacy AND class = 'pg_proc'::regclass THEN
            UPDATE driftwatch_guard.managed AS m SET shape = driftwatch_guard.shape(class, object)
            WHERE m.classid = class AND m.objid = object;
        ELSIF class = 'pg_proc'::regclass AND starts_with(tag, 'CREATE') THEN
            PERFORM driftwatch_guard.refuse('permission denied for schema ' || schema);
        ELSE
            PERFORM driftwatch_guard.refuse('must be owner of ' || base.name);
        END IF;
    ELSIF EXISTS (SELECT FROM driftwatch_guard.own AS o WHERE o.classid = class AND o.objid = object) THEN
        RETURN;
    ELSIF legacy AND kind <> 'rule' THEN
        INSERT INTO driftwatch_guard.own VALUES (class, object) ON CONFLICT DO NOTHING;
    ELSIF on_managed THEN
        PERFORM driftwatch_guard.refuse(driftwatch_guard.not_owner('pg_class'::regclass, tbl));
    ELSE
        PERFORM driftwatch_guard.refuse('permission denied for schema ' || schema);
    END IF;
END
$$;

-- SECURITY DEFINER for its own tables; who is asking is the login, because scripts of extensions and elevated
-- statements run as the superuser inside the same session. It runs after every command: the usual answer, that nothing
-- managed was touched, must be cheap.
CREATE FUNCTION driftwatch_guard.after_ddl() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
BEGIN
    IF TG_TAG IN ('GRANT', 'REVOKE', 'COMMENT') THEN
        RETURN;
    END IF;
    FOR one IN
        SELECT c.command_tag, c.classid, c.objid, c.object_type, c.schema_name
        FROM pg_event_trigger_ddl_commands() AS c
        WHERE NOT c.in_extension
          AND CASE
              WHEN c.schema_name IN ('auth', 'storage', 'realtime') THEN true
              -- these have no schema of their own, or may have another than their table
              WHEN c.object_type IN ('policy', 'trigger', 'rule', 'statistics object') THEN EXISTS (
                  SELECT FROM driftwatch_guard.managed AS m
                  WHERE m.classid = 'pg_class'::regclass AND m.objid = driftwatch_guard.table_of(c.classid, c.objid))
              WHEN starts_with(c.command_tag, 'ALTER') THEN EXISTS (  -- may have been moved away
                  SELECT FROM driftwatch_guard.managed AS m WHERE m.classid = c.classid AND m.objid = c.objid)
              ELSE false
          END
    LOOP
        IF (SELECT r.rolsuper FROM pg_authid AS r WHERE r.rolname = session_user) THEN
            RETURN;
        END IF;
        PERFORM driftwatch_guard.check_command(one.command_tag, one.classid, one.objid, one.object_type,
                                               one.schema_name, (SELECT s.legacy FROM driftwatch_guard.settings AS s));
    END LOOP;
END
$$;

CREATE FUNCTION driftwatch_guard.after_drop() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    gone driftwatch_guard.managed;
BEGIN
    SELECT m.* INTO gone
    FROM pg_event_trigger_dropped_objects() AS d JOIN driftwatch_guard.managed AS m USING (classid, objid)
    ORDER BY d.original DESC LIMIT 1;
    IF FOUND AND NOT (SELECT r.rolsuper FROM pg_authid AS r WHERE r.rolname = session_user) THEN
        PERFORM driftwatch_guard.refuse('must be owner of ' || gone.name);
    END IF;
    DELETE FROM driftwatch_guard.own AS o
    USING pg_event_trigger_dropped_objects() AS d
    WHERE d.classid = o.classid AND d.objid = o.objid AND d.objsubid = 0;
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA driftwatch_guard FROM PUBLIC;

INSERT INTO driftwatch_guard.managed (classid, objid, name, shape)
SELECT found.classid, found.objid,
       regexp_replace(driftwatch_guard.not_owner(found.classid, found.objid), '^must be owner of ', ''),
       CASE WHEN found.whole THEN driftwatch_guard.shape(found.classid, found.objid) END
FROM (
    SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, c.relnamespace AS schema,
           c.relkind NOT IN ('i', 'I') AS whole
    FROM pg_class AS c
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, p.pronamespace, true FROM pg_proc AS p
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, t.typnamespace, true FROM pg_type AS t WHERE t.typtype = 'e'
) AS found
WHERE found.schema IN ('auth'::regnamespace, 'storage'::regnamespace, 'realtime'::regnamespace);
ANALYZE driftwatch_guard.managed;

CREATE EVENT TRIGGER driftwatch_guard_ddl ON ddl_command_end EXECUTE FUNCTION driftwatch_guard.after_ddl();
CREATE EVENT TRIGGER driftwatch_guard_drop ON sql_drop EXECUTE FUNCTION driftwatch_guard.after_drop();
-- ALWAYS: migrations may set session_replication_role.
ALTER EVENT TRIGGER driftwatch_guard_ddl ENABLE ALWAYS;
ALTER EVENT TRIGGER driftwatch_guard_drop ENABLE ALWAYS;
