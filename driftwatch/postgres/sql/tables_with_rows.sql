-- Tables whose rows belong to the team, with the columns that a COPY can write: no partitions (their parent has the
-- rows), no tables of extensions but those whose rows an extension gave to the user.
-- %(leave_out)s: schemas.
SELECT n.nspname, c.relname, c.relkind = 'p' AS partitioned,
       ARRAY(
           SELECT a.attname::text FROM pg_catalog.pg_attribute AS a
           WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
           ORDER BY a.attnum
       ) AS columns
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
  AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND n.nspname <> ALL (%(leave_out)s)
  AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend AS d JOIN pg_catalog.pg_extension AS e ON e.oid = d.refobjid
      WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
        AND d.refclassid = 'pg_catalog.pg_extension'::regclass
        AND NOT (e.extconfig IS NOT NULL AND c.oid = ANY (e.extconfig))
  )
ORDER BY 1, 2
