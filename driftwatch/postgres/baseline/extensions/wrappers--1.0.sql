-- Stand-in for wrappers: the handlers' names exist, so servers and foreign tables can be made; none can be read.
-- fdw_handler_in refuses whatever it is called with.
DO $$
DECLARE
    name pg_catalog.text;
BEGIN
    FOREACH name IN ARRAY ARRAY['airtable', 'auth0', 'big_query', 'bigquery', 'click_house', 'clickhouse', 'cognito',
                                'duckdb', 'firebase', 'hello_world', 'iceberg', 'logflare', 'mssql', 'redis', 's3',
                                's3vectors', 'stripe', 'wasm'] LOOP
        EXECUTE pg_catalog.format('CREATE FUNCTION %I() RETURNS fdw_handler LANGUAGE internal AS ''fdw_handler_in''',
                                  name || '_fdw_handler');
        EXECUTE pg_catalog.format('CREATE FUNCTION %I(options text[], catalog oid) RETURNS void LANGUAGE plpgsql AS ''BEGIN END''',
                                  name || '_fdw_validator');
        EXECUTE pg_catalog.format('CREATE FUNCTION %I() RETURNS TABLE (name text, version text, author text, website text)
            LANGUAGE sql AS ''SELECT NULL::pg_catalog.text, NULL::pg_catalog.text, NULL::pg_catalog.text,
                                     NULL::pg_catalog.text WHERE false''', name || '_fdw_meta');
    END LOOP;
END
$$;
CREATE TABLE wrappers_fdw_stats (
    fdw_name text NOT NULL PRIMARY KEY,
    create_times bigint,
    rows_in bigint,
    rows_out bigint,
    bytes_in bigint,
    bytes_out bigint,
    metadata jsonb,
    created_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
    updated_at timestamptz NOT NULL DEFAULT pg_catalog.now()
);
