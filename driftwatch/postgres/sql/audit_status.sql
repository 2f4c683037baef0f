-- audit_status: the comment that names the version, which event triggers fire, whether their owner is a superuser, whether
-- anybody is told at once, and whether this login may read the records; no row without the schema.
SELECT coalesce(pg_catalog.obj_description(n.oid, 'pg_namespace'), '') AS comment,
       (SELECT count(*) FROM pg_catalog.pg_event_trigger AS t
        WHERE t.evtname IN ('driftwatch_audit_ddl', 'driftwatch_audit_drop') AND t.evtenabled = 'A') AS firing,
       EXISTS (SELECT FROM pg_catalog.pg_event_trigger AS t
               JOIN pg_catalog.pg_roles AS r ON r.oid = t.evtowner AND r.rolsuper
               WHERE t.evtname = 'driftwatch_audit_ddl') AS of_superuser,
       pg_catalog.current_setting('max_prepared_transactions')::integer = 0 AS tells,
       coalesce(pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                AND pg_catalog.has_table_privilege(pg_catalog.to_regclass('driftwatch_audit.changes'), 'SELECT'), false)
           AS readable
FROM pg_catalog.pg_namespace AS n
WHERE n.nspname = 'driftwatch_audit'
