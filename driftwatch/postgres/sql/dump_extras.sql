-- Statements for what pg_dump leaves out or can't separate: roles, and what users made inside managed schemas.
-- Returns (rank, statement); rank 0 must run before pg_dump's own statements, the others after.
-- %(managed)s: names of the managed schemas.
SELECT 0 AS rank,
       format('DO $do$ BEGIN CREATE ROLE %%I%%s; EXCEPTION WHEN duplicate_object THEN NULL; END $do$', rolname,
              CASE WHEN rolcanlogin THEN ' LOGIN' ELSE '' END || CASE WHEN rolinherit THEN '' ELSE ' NOINHERIT' END) AS statement
FROM pg_catalog.pg_roles
WHERE NOT rolsuper AND rolname !~ '^(pg_|supabase_|cli_login_)'
  AND rolname NOT IN ('postgres', 'anon', 'authenticated', 'service_role', 'authenticator', 'dashboard_user', 'pgbouncer')
UNION ALL
SELECT 1,
       format('CREATE POLICY %%I ON %%I.%%I AS %%s FOR %%s TO %%s%%s%%s', pol.polname, n.nspname, c.relname,
              CASE WHEN pol.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
              CASE pol.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                              WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
              (SELECT string_agg(CASE WHEN role.oid = 0 THEN 'PUBLIC' ELSE quote_ident(a.rolname) END, ', ')
               FROM unnest(pol.polroles) AS role(oid) LEFT JOIN pg_catalog.pg_roles AS a ON a.oid = role.oid),
              ' USING (' || pg_get_expr(pol.polqual, pol.polrelid) || ')',
              ' WITH CHECK (' || pg_get_expr(pol.polwithcheck, pol.polrelid) || ')')
FROM pg_catalog.pg_policy AS pol
JOIN pg_catalog.pg_class AS c ON c.oid = pol.polrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = ANY (%(managed)s) AND n.nspname IN ('auth', 'storage', 'realtime')
UNION ALL
SELECT 1, pg_get_triggerdef(t.oid)
FROM pg_catalog.pg_trigger AS t
JOIN pg_catalog.pg_class AS c ON c.oid = t.tgrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_proc AS f ON f.oid = t.tgfoid
JOIN pg_catalog.pg_namespace AS fn ON fn.oid = f.pronamespace
WHERE NOT t.tgisinternal AND n.nspname = ANY (%(managed)s) AND fn.nspname <> ALL (%(managed)s)
UNION ALL
SELECT 1,
       format('ALTER PUBLICATION %%I ADD TABLE ONLY %%I.%%I', p.pubname, n.nspname, c.relname)
FROM pg_catalog.pg_publication_rel AS r
JOIN pg_catalog.pg_publication AS p ON p.oid = r.prpubid
JOIN pg_catalog.pg_class AS c ON c.oid = r.prrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE p.pubname = 'supabase_realtime' AND n.nspname <> ALL (%(managed)s)
ORDER BY 1, 2
