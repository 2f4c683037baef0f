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
    recorded integer;
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
    END IF;
    GET DIAGNOSTICS recorded = ROW_COUNT;
    IF recorded = 0 THEN
        RETURN;
    END IF;
    IF tg_event = 'ddl_command_end' THEN
        INSERT INTO driftwatch_audit.changes (command, kind, identity)
        SELECT DISTINCT tg_tag, o.type, o.identity
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
    END IF;
    -- A transaction that has notified can't be prepared, so where that is possible nobody is told.
    IF current_setting('max_prepared_transactions')::integer = 0 THEN
        PERFORM pg_notify('driftwatch_audit', '');
    END IF;
    SELECT max(c.id) INTO newest FROM driftwatch_audit.changes AS c;
    IF newest % 50 < recorded THEN
        BEGIN
            -- Never waits for the same in another session.
            DELETE FROM driftwatch_audit.changes AS c WHERE c.id IN (
                SELECT o.id FROM driftwatch_audit.changes AS o
                WHERE o.id <= newest - 10000 OR o.at < now() - interval '90 days'
                ORDER BY o.id LIMIT 1000 FOR UPDATE SKIP LOCKED
            );
        EXCEPTION WHEN OTHERS THEN
            NULL;  -- the next one prunes
        END;
    END IF;
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'driftwatch did not record who did this: %', SQLERRM;
END
$driftwatch$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA driftwatch_audit FROM PUBLIC;

-- Logins for reading, as `driftwatch remote role --sql` makes them.
DO $driftwatch$
DECLARE
    reader name;
BEGIN
    FOR reader IN SELECT r.rolname FROM pg_catalog.pg_roles AS r WHERE r.rolname LIKE 'driftwatch\_%' LOOP
        EXECUTE pg_catalog.format('GRANT USAGE ON SCHEMA driftwatch_audit TO %I', reader);
        EXECUTE pg_catalog.format('GRANT SELECT ON driftwatch_audit.changes TO %I', reader);
    END LOOP;
END
$driftwatch$;

COMMENT ON SCHEMA driftwatch_audit IS
    'Who changes the schema, recorded for driftwatch (version 1). It goes with: driftwatch remote audit remove';

CREATE EVENT TRIGGER driftwatch_audit_ddl ON ddl_command_end EXECUTE FUNCTION driftwatch_audit.record();
CREATE EVENT TRIGGER driftwatch_audit_drop ON sql_drop EXECUTE FUNCTION driftwatch_audit.record();
ALTER EVENT TRIGGER driftwatch_audit_ddl ENABLE ALWAYS;
ALTER EVENT TRIGGER driftwatch_audit_drop ENABLE ALWAYS;
