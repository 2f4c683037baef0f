-- A dump says what is granted, on the ground that nothing was granted before; the baseline's default privileges would
-- add to that. The dump has the database's own further down.
DO $do$
DECLARE one record;
BEGIN
    FOR one IN
        SELECT n.nspname, x.grantee,
               CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
                                    WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END AS objects
        FROM pg_catalog.pg_default_acl AS d
        JOIN pg_catalog.pg_namespace AS n ON n.oid = d.defaclnamespace AND n.nspname = 'public'
        CROSS JOIN LATERAL pg_catalog.aclexplode(d.defaclacl) AS x
        WHERE d.defaclrole = current_user::pg_catalog.regrole
        GROUP BY 1, 2, 3
    LOOP
        EXECUTE pg_catalog.format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I REVOKE ALL ON %s FROM %s', one.nspname,
            one.objects, CASE one.grantee WHEN 0 THEN 'PUBLIC' ELSE one.grantee::pg_catalog.regrole::text END);
    END LOOP;
END
$do$
