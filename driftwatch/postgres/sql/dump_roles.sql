-- Statements that make the roles of a server on another one, superusers included, and their memberships.
-- Each must be able to run where the role is there already.
SELECT format('DO $do$ BEGIN CREATE ROLE %I; EXCEPTION WHEN duplicate_object THEN NULL; END $do$;'
              ' ALTER ROLE %1$I %s %s %s %s %s %s %s', rolname,
              CASE WHEN rolsuper THEN 'SUPERUSER' ELSE 'NOSUPERUSER' END,
              CASE WHEN rolinherit THEN 'INHERIT' ELSE 'NOINHERIT' END,
              CASE WHEN rolcreaterole THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END,
              CASE WHEN rolcreatedb THEN 'CREATEDB' ELSE 'NOCREATEDB' END,
              CASE WHEN rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END,
              CASE WHEN rolreplication THEN 'REPLICATION' ELSE 'NOREPLICATION' END,
              CASE WHEN rolbypassrls THEN 'BYPASSRLS' ELSE 'NOBYPASSRLS' END) AS statement
FROM pg_catalog.pg_roles
WHERE rolname !~ '^pg_' AND rolname <> 'supabase_admin'
UNION ALL
SELECT format('GRANT %I TO %I%s', r.rolname, m.rolname, CASE WHEN a.admin_option THEN ' WITH ADMIN OPTION' ELSE '' END)
FROM pg_catalog.pg_auth_members AS a
JOIN pg_catalog.pg_roles AS r ON r.oid = a.roleid
JOIN pg_catalog.pg_roles AS m ON m.oid = a.member
WHERE m.rolname !~ '^pg_' AND m.rolname <> 'supabase_admin' AND r.rolname <> 'supabase_admin'
