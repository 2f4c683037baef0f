-- What ANALYZE saw of the columns that this login may read: table, column, the part of the rows that had NULL, and the
-- part that had the commonest value, where it was seen more than once (else 0).
SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname),
       pg_catalog.quote_ident(s.attname),
       s.null_frac::float8,
       CASE WHEN s.n_distinct > -1 THEN coalesce(s.most_common_freqs[1], 0) ELSE 0 END::float8
FROM pg_catalog.pg_stats AS s
JOIN pg_catalog.pg_namespace AS n ON n.nspname = s.schemaname
JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = s.tablename
WHERE s.inherited = (c.relkind = 'p')
  AND (s.null_frac > 0 OR (s.n_distinct > -1 AND s.most_common_freqs IS NOT NULL))
  AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
