-- Which table locks the session %(pid)s has or waits for, and whether it waits for the session that asks.
SELECT l.relation::bigint, l.mode,
       pg_catalog.pg_backend_pid() = ANY (pg_catalog.pg_blocking_pids(%(pid)s)) AS waits
FROM (SELECT 1) AS one
LEFT JOIN pg_catalog.pg_locks AS l ON l.pid = %(pid)s AND l.locktype = 'relation'
