-- Stand-in for pg_stat_monitor: has seen no statement.
CREATE FUNCTION pg_stat_monitor_reset() RETURNS void LANGUAGE sql AS $$ SELECT $$;
CREATE FUNCTION pg_stat_monitor_version() RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT '0' $$;
CREATE VIEW pg_stat_monitor AS
SELECT NULL::bigint AS bucket, NULL::timestamptz AS bucket_start_time, NULL::oid AS userid, NULL::oid AS dbid,
       NULL::text AS queryid, NULL::text AS query, NULL::bigint AS calls, NULL::double precision AS total_exec_time,
       NULL::double precision AS mean_exec_time, NULL::bigint AS rows WHERE false;
