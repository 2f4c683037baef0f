-- Whom a session waits for, with the beginning of what they did last where that may be seen.
SELECT DISTINCT a.pid, coalesce(a.application_name, ''), coalesce(a.usename, ''), coalesce(a.state, ''),
       to_char(coalesce(a.xact_start, a.backend_start) AT TIME ZONE 'UTC', 'HH24:MI:SS "UTC"'), left(a.query, 200)
FROM unnest(pg_blocking_pids(%s)) AS b (pid) JOIN pg_stat_activity AS a USING (pid)
ORDER BY 1
