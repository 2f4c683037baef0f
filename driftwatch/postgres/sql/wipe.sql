-- Drops what belongs to the team in a database, and nothing of Supabase's or of an extension: run in the transaction
-- that puts another state in its place. :managed is a list of schemas as an array literal.
SET LOCAL lock_timeout = '10s';
SET LOCAL client_min_messages = warning;
SELECT set_config('driftwatch.managed', :'managed', true) \g /dev/null
DO $wipe$
DECLARE
    managed text[] := current_setting('driftwatch.managed')::text[];
    one record;
BEGIN
    FOR one IN
        SELECT format('DROP POLICY %I ON %I.%I', pol.polname, n.nspname, c.relname) AS statement
        FROM pg_policy AS pol JOIN pg_class AS c ON c.oid = pol.polrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = ANY (managed) AND n.nspname IN ('auth', 'storage', 'realtime')
        UNION ALL
        SELECT format('DROP SCHEMA %I CASCADE', n.nspname)
        FROM pg_namespace AS n
        WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public') AND n.nspname <> ALL (managed)
          AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e')
    LOOP
        EXECUTE one.statement;
    END LOOP;

    -- The schema public itself stays: its owner may be another. Looked for again each time, because CASCADE takes more.
    LOOP
        SELECT found.statement INTO one
        FROM (
            SELECT 1 AS rank, c.oid, 'pg_class'::regclass AS classid, c.relnamespace AS schema,
                   format('DROP %s public.%I CASCADE', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                          WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END, c.relname) AS statement
            FROM pg_class AS c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
            UNION ALL
            SELECT 2, p.oid, 'pg_proc'::regclass, p.pronamespace,
                   format('DROP %s %s CASCADE', CASE p.prokind WHEN 'a' THEN 'AGGREGATE' WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END,
                          p.oid::regprocedure)
            FROM pg_proc AS p
            UNION ALL
            SELECT 3, t.oid, 'pg_type'::regclass, t.typnamespace, format('DROP TYPE public.%I CASCADE', t.typname)
            FROM pg_type AS t WHERE t.typtype IN ('e', 'd', 'r') OR t.typtype = 'b' AND t.typelem = 0
            UNION ALL
            SELECT 4, o.oid, 'pg_collation'::regclass, o.collnamespace, format('DROP COLLATION public.%I CASCADE', o.collname)
            FROM pg_collation AS o
            UNION ALL
            SELECT 5, o.oid, 'pg_operator'::regclass, o.oprnamespace, format('DROP OPERATOR %s CASCADE', o.oid::regoperator)
            FROM pg_operator AS o
            UNION ALL
            SELECT 6, o.oid, 'pg_ts_config'::regclass, o.cfgnamespace, format('DROP TEXT SEARCH CONFIGURATION public.%I CASCADE', o.cfgname)
            FROM pg_ts_config AS o
            UNION ALL
            SELECT 7, o.oid, 'pg_ts_dict'::regclass, o.dictnamespace, format('DROP TEXT SEARCH DICTIONARY public.%I CASCADE', o.dictname)
            FROM pg_ts_dict AS o
            UNION ALL
            SELECT 8, o.oid, 'pg_opfamily'::regclass, o.opfnamespace,
                   format('DROP OPERATOR FAMILY public.%I USING %I CASCADE', o.opfname, m.amname)
            FROM pg_opfamily AS o JOIN pg_am AS m ON m.oid = o.opfmethod
        ) AS found
        WHERE found.schema = 'public'::regnamespace
          AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = found.classid AND d.objid = found.oid AND d.deptype IN ('e', 'i'))
        ORDER BY found.rank, found.oid
        LIMIT 1;
        EXIT WHEN NOT FOUND;
        EXECUTE one.statement;
    END LOOP;
END
$wipe$;
