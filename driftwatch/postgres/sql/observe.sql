-- One row: the transaction that asks (by when it began), and the relations that it has locked, as text because this is
-- asked after every statement: `oid lock file scans updated deleted;…`. lock: its rank in $1; file: - for a
-- relation that is gone. Counters are those of the session since they were last flushed.
SELECT pg_catalog.transaction_timestamp()::text,
       coalesce(pg_catalog.string_agg(pg_catalog.concat_ws(
           ' ',
           held.oid,
           held.lock,
           coalesce(c.relfilenode::text, '-'),
           coalesce(pg_catalog.pg_stat_get_xact_numscans(held.oid), 0),
           coalesce(pg_catalog.pg_stat_get_xact_tuples_updated(held.oid), 0),
           coalesce(pg_catalog.pg_stat_get_xact_tuples_deleted(held.oid), 0)), ';'), '')
FROM (
    SELECT l.relation AS oid, max(pg_catalog.array_position($1, l.mode)) AS lock
    FROM pg_catalog.pg_locks AS l
    WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted AND l.relation >= 16384
    GROUP BY 1
) AS held
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = held.oid
WHERE c.oid IS NULL OR c.relkind IN ('r', 'p', 'm')
