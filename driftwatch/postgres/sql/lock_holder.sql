-- Who holds the advisory lock with this key in this database.
WITH key AS (SELECT %s::bigint AS value)
SELECT a.pid, a.application_name, to_char(a.backend_start AT TIME ZONE 'UTC', 'HH24:MI:SS "UTC"')
FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid), key
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND a.datname = current_database()
  AND l.classid::bigint = value >> 32 AND l.objid::bigint = value & 4294967295
