-- Stand-in for timescaledb: tables stay plain ones.
CREATE FUNCTION create_hypertable(
    relation regclass, time_column_name name, partitioning_column name DEFAULT NULL, number_partitions integer DEFAULT NULL,
    associated_schema_name name DEFAULT NULL, associated_table_prefix name DEFAULT NULL,
    chunk_time_interval anyelement DEFAULT NULL::interval, create_default_indexes boolean DEFAULT true,
    if_not_exists boolean DEFAULT false, partitioning_func regproc DEFAULT NULL, migrate_data boolean DEFAULT false
) RETURNS TABLE (hypertable_id integer, schema_name name, table_name name, created boolean) LANGUAGE sql AS $$
    SELECT 0, n.nspname, c.relname, true FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE c.oid = $1
$$;
CREATE FUNCTION add_retention_policy(relation regclass, drop_after anyelement, if_not_exists boolean DEFAULT false)
RETURNS integer LANGUAGE sql AS $$ SELECT 0 $$;
CREATE FUNCTION add_compression_policy(hypertable regclass, compress_after anyelement, if_not_exists boolean DEFAULT false)
RETURNS integer LANGUAGE sql AS $$ SELECT 0 $$;
CREATE FUNCTION add_continuous_aggregate_policy(
    continuous_aggregate regclass, start_offset interval, end_offset interval, schedule_interval interval,
    if_not_exists boolean DEFAULT false
) RETURNS integer LANGUAGE sql AS $$ SELECT 0 $$;
CREATE FUNCTION set_chunk_time_interval(hypertable regclass, chunk_time_interval anyelement) RETURNS void LANGUAGE sql AS $$ SELECT $$;
CREATE FUNCTION time_bucket(bucket_width interval, ts timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT pg_catalog.date_bin($1, $2, '2000-01-03 00:00:00+00'::pg_catalog.timestamptz) $$;
CREATE FUNCTION time_bucket(bucket_width interval, ts timestamp) RETURNS timestamp LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT pg_catalog.date_bin($1, $2, '2000-01-03 00:00:00'::pg_catalog.timestamp) $$;
CREATE FUNCTION time_bucket(bucket_width interval, ts date) RETURNS date LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT pg_catalog.date_bin($1, $2::pg_catalog.timestamp, '2000-01-03 00:00:00'::pg_catalog.timestamp)::pg_catalog.date $$;
