-- Whether this very session holds the advisory lock with this key (a bigint: its upper and lower half).
WITH key AS (SELECT %s::bigint AS value)
SELECT EXISTS (
  SELECT FROM pg_locks, key
  WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid() AND objsubid = 1
    AND classid::bigint = value >> 32 AND objid::bigint = value & 4294967295
)
