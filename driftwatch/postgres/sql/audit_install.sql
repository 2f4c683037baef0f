-- Records who changes the schema of this database, and tells whoever listens, so that drift is seen at once.
--
-- Run it in one transaction as the owner of the database: on hosted Supabase as postgres, elsewhere as a superuser. It
-- may be run again. What is kept: login, role, application, client address, command tag, object and time; never the
-- text of a statement. Of that, the newest 10,000 records and at most 90 days.
--
-- Not recorded, because Postgres calls no event trigger for it: roles, databases, tablespaces, event triggers
-- themselves, rows.

DROP EVENT TRIGGER IF EXISTS driftwatch_audit_ddl;
DROP EVENT TRIGGER IF EXISTS driftwatch_audit_drop;

CREATE SCHEMA IF NOT EXISTS driftwatch_audit;
REVOKE ALL ON SCHEMA driftwatch_audit FROM PUBLIC;

CREATE TABLE IF NOT EXISTS driftwatch_audit.changes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    txid bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    login text NOT NULL DEFAULT session_user,
    role text DEFAULT nullif(current_setting('role'), 'none'),
    application text DEFAULT nullif(current_setting('application_name'), ''),
    client text DEFAULT host(inet_client_addr()),
    command text NOT NULL,
    kind text,
    identity text
);
REVOKE ALL ON driftwatch_audit.changes FROM PUBLIC;

-- Whether a row of the catalogs was written by the transaction that is under way, or by a part of it.
CREATE OR REPLACE FUNCTION driftwatch_audit.is_ours(written_by xid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $driftwatch$
    SELECT CASE
        WHEN age(written_by) > 0 THEN false
        WHEN age(written_by) = 0 THEN true
        ELSE pg_xact_status((pg_current_xact_id()::text::bigint - age(written_by))::text::xid8) = 'in progress'
    END
$driftwatch$;

-- What a statement changed where Postgres names only the table, or nothing at all (GRANT, ALTER DEFAULT PRIVILEGES).
CREATE OR REPLACE FUNCTION driftwatch_audit.touched(command text, about text, object oid)
RETURNS TABLE (classid oid, objid oid, objsubid integer)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $driftwatch$
    SELECT 'pg_class'::regclass::oid, a.attrelid, a.attnum::integer FROM pg_attribute AS a
    WHERE command LIKE 'ALTER %' AND a.attrelid = object AND a.attnum > 0 AND NOT a.attisdropped
      AND age(a.xmin) <= 0 AND driftwatch_audit.is_ours(a.xmin)
    UNION ALL
    SELECT 'pg_constraint'::regclass::oid, c.oid, 0 FROM pg_constraint AS c
    WHERE command LIKE 'ALTER %' AND c.conrelid = object
      AND age(c.xmin) <= 0 AND driftwatch_audit.is_ours(c.xmin)
    UNION ALL
    SELECT 'pg_class'::regclass::oid, c.oid, 0 FROM pg_class AS c
    WHERE object IS NULL AND about IN ('table', 'sequence') AND age(c.xmin) <= 0 AND driftwatch_audit.is_ours(c.xmin)
    UNION ALL
    SELECT 'pg_class'::regclass::oid, a.attrelid, a.attnum::integer FROM pg_attribute AS a
    WHERE object IS NULL AND about = 'table' AND a.attnum > 0
      AND age(a.xmin) <= 0 AND driftwatch_audit.is_ours(a.xmin)
    UNION ALL
    SELECT 'pg_proc'::regclass::oid, p.oid, 0 FROM pg_proc AS p
    WHERE object IS NULL AND about IN ('function', 'procedure', 'routine')
      AND age(p.xmin) <= 0 AND driftwatch_audit.is_ours(p.xmin)
    UNION ALL
    SELECT 'pg_namespace'::regclass::oid, n.oid, 0 FROM pg_namespace AS n
    WHERE object IS NULL AND about = 'schema' AND age(n.xmin) <= 0 AND driftwatch_audit.is_ours(n.xmin)
    UNION ALL
    SELECT 'pg_type'::regclass::oid, t.oid, 0 FROM pg_type AS t
    WHERE object IS NULL AND about IN ('type', 'domain') AND age(t.xmin) <= 0 AND driftwatch_audit.is_ours(t.xmin)
    UNION ALL
    SELECT 'pg_default_acl'::regclass::oid, d.oid, 0 FROM pg_default_acl AS d
    WHERE command = 'ALTER DEFAULT PRIVILEGES' AND age(d.xmin) <= 0 AND driftwatch_audit.is_ours(d.xmin)
$driftwatch$;

-- Never breaks the statement that it records: what goes wrong here becomes a warning. Runs as its owner, because who
-- changes the schema need have no right on the table.
CREATE OR REPLACE FUNCTION driftwatch_audit.record() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $driftwatch$
DECLARE
    most CONSTANT integer := 500;  -- records of one statement
    newest bigint;
BEGIN
    IF tg_tag = 'REFRESH MATERIALIZED VIEW' THEN
        RETURN;
    ELSIF tg_event = 'sql_drop' THEN
        INSERT INTO driftwatch_audit.changes (command, kind, identity)
        SELECT tg_tag, d.object_type, d.object_identity FROM pg_event_trigger_dropped_objects() AS d
        WHERE (d.original OR d.normal) AND NOT d.is_temporary
        ORDER BY d.original DESC LIMIT most;
    ELSE
        INSERT INTO driftwatch_audit.changes (command, kind, identity)
        SELECT tg_tag, lower(c.object_type), c.object_identity FROM pg_event_trigger_ddl_commands() AS c
        WHERE NOT c.in_extension AND c.schema_name IS DISTINCT FROM 'pg_temp'
        LIMIT most;
        IF FOUND THEN
            INSERT INTO driftwatch_audit.changes (command, kind, identity)
            SELECT tg_tag, o.type, o.identity
            FROM pg_event_trigger_ddl_commands() AS c
            CROSS JOIN LATERAL driftwatch_audit.touched(tg_tag, lower(c.object_type), c.objid) AS t
            CROSS JOIN LATERAL pg_identify_object(t.classid, t.objid, t.objsubid) AS o
            WHERE NOT c.in_extension AND o.schema IS DISTINCT FROM 'pg_temp' AND o.schema IS DISTINCT FROM 'pg_toast'
              -- A long migration must not look through the catalogs again and again.
              AND (c.objid IS NOT NULL OR 200 > (
                  SELECT count(*) FROM (
                      SELECT n.txid FROM driftwatch_audit.changes AS n ORDER BY n.id DESC LIMIT 200
                  ) AS latest WHERE latest.txid = pg_current_xact_id()::text::bigint))
            LIMIT most;
            FOUND := true;
        END IF;
    END IF;
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'driftwatch did not record who did this: %', SQLERRM;
END
$driftwatch$;
