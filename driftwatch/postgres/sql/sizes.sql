-- How big the tables are by what VACUUM and ANALYZE wrote down, which needs no lock; of a table that was never
-- analysed (no rows are known) the files are measured. A partitioned table is what its partitions are.
WITH RECURSIVE relations AS (
    SELECT c.oid, c.relkind, n.nspname, c.relname, c.reltuples::float8 AS rows,
           CASE WHEN c.relkind = 'p' THEN 0
                WHEN c.reltuples < 0 THEN pg_catalog.pg_total_relation_size(c.oid)
                ELSE pg_catalog.current_setting('block_size')::bigint * (
                    c.relpages::bigint
                    + coalesce((SELECT sum(i.relpages) FROM pg_catalog.pg_index AS x
                                JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid
                                WHERE x.indrelid IN (c.oid, c.reltoastrelid)), 0)::bigint
                    + coalesce((SELECT t.relpages FROM pg_catalog.pg_class AS t WHERE t.oid = c.reltoastrelid), 0))
           END AS bytes
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'
      AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
), below AS (
    SELECT oid AS top, oid AS part FROM relations
    UNION ALL
    SELECT b.top, h.inhrelid FROM below AS b
    JOIN pg_catalog.pg_inherits AS h ON h.inhparent = b.part
    JOIN relations AS t ON t.oid = b.top AND t.relkind = 'p'
)
SELECT pg_catalog.quote_ident(t.nspname) || '.' || pg_catalog.quote_ident(t.relname),
       CASE WHEN bool_and(p.rows < 0) FILTER (WHERE p.relkind <> 'p')
              OR bool_or(p.rows < 0 AND p.bytes > 131072) THEN NULL -- a partition that is as good as empty is no riddle
            ELSE coalesce(sum(p.rows) FILTER (WHERE p.relkind <> 'p' AND p.rows > 0), 0)::bigint END,
       sum(p.bytes)::bigint
FROM below AS b
JOIN relations AS t ON t.oid = b.top
JOIN relations AS p ON p.oid = b.part
GROUP BY t.oid, t.nspname, t.relname
