-- Stand-in for rum: the access method is BRIN by another name.
CREATE ACCESS METHOD rum TYPE INDEX HANDLER pg_catalog.brinhandler;
CREATE FUNCTION rum_ts_distance(tsvector, tsquery) RETURNS real LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT (1 / (pg_catalog.ts_rank($1, $2) + 0.000001))::pg_catalog.float4 $$;
CREATE FUNCTION rum_ts_score(tsvector, tsquery) RETURNS real LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT pg_catalog.ts_rank($1, $2) $$;
CREATE OPERATOR <=> (FUNCTION = rum_ts_distance, LEFTARG = tsvector, RIGHTARG = tsquery);
DO $$
DECLARE
    one pg_catalog.text[];
BEGIN
    FOREACH one SLICE 1 IN ARRAY ARRAY[
        ['rum_tsvector_ops DEFAULT', 'tsvector'], ['rum_tsvector_hash_ops', 'tsvector'], ['rum_tsvector_addon_ops', 'tsvector'],
        ['rum_tsvector_timestamp_ops', 'tsvector'], ['rum_tsquery_ops DEFAULT', 'tsquery'],
        ['rum_int8_ops DEFAULT', 'bigint'], ['rum_int4_ops DEFAULT', 'integer'], ['rum_text_ops DEFAULT', 'text'],
        ['rum_timestamp_ops DEFAULT', 'timestamp'], ['rum_timestamptz_ops DEFAULT', 'timestamptz']
    ] LOOP
        EXECUTE pg_catalog.format(
            'CREATE OPERATOR CLASS %s FOR TYPE %s USING rum AS
             OPERATOR 1 pg_catalog.<, OPERATOR 2 pg_catalog.<=, OPERATOR 3 pg_catalog.=, OPERATOR 4 pg_catalog.>=,
             OPERATOR 5 pg_catalog.>, FUNCTION 1 pg_catalog.brin_minmax_opcinfo(internal),
             FUNCTION 2 pg_catalog.brin_minmax_add_value(internal, internal, internal, internal),
             FUNCTION 3 pg_catalog.brin_minmax_consistent(internal, internal, internal),
             FUNCTION 4 pg_catalog.brin_minmax_union(internal, internal, internal)', one[1], one[2]);
    END LOOP;
END
$$;
