-- Tables into which the transaction that asks has put rows. %(leave_out)s: schemas.
SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid) > 0
  AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND n.nspname <> ALL (%(leave_out)s)
ORDER BY 1
