-- Stand-in for pgvector. The types are text inside, with Postgres's own input and output: they take any dimension and
-- keep what they are given. Distances are computed for real. The access methods are BRIN by another name: an index
-- can be made and written to, but takes no options (lists, m, ef_construction) and is never used for an ORDER BY.

CREATE FUNCTION vector_typmod_in(cstring[]) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'varchartypmodin';
CREATE FUNCTION _vector_typmod_out(integer) RETURNS cstring
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'varchartypmodout';
CREATE ACCESS METHOD ivfflat TYPE INDEX HANDLER pg_catalog.brinhandler;
CREATE ACCESS METHOD hnsw TYPE INDEX HANDLER pg_catalog.brinhandler;

DO $do$
DECLARE
    kind pg_catalog.text;
    other pg_catalog.text;
    step pg_catalog.text[];
    pure CONSTANT pg_catalog.text := 'IMMUTABLE STRICT PARALLEL SAFE';
    numbers CONSTANT pg_catalog.text := $f$
        ROWS FROM (
            pg_catalog.unnest(pg_catalog.translate($1::pg_catalog.text, '[]', '{}')::pg_catalog.float8[]),
            pg_catalog.unnest(pg_catalog.translate($2::pg_catalog.text, '[]', '{}')::pg_catalog.float8[])
        ) AS n (a, b) $f$;
BEGIN
    FOREACH kind IN ARRAY ARRAY['vector', 'halfvec', 'sparsevec'] LOOP
        EXECUTE pg_catalog.format('CREATE TYPE %I', kind);
        FOREACH step SLICE 1 IN ARRAY ARRAY[
            ['in(cstring, oid, integer)', kind, 'textin'], ['out(' || kind || ')', 'cstring', 'textout'],
            ['recv(internal, oid, integer)', kind, 'textrecv'], ['send(' || kind || ')', 'bytea', 'textsend']
        ] LOOP
            EXECUTE pg_catalog.format('CREATE FUNCTION %s_%s RETURNS %s LANGUAGE internal %s AS %L',
                                      kind, step[1], step[2], pure, step[3]);
        END LOOP;
        EXECUTE pg_catalog.format(
            'CREATE TYPE %1$s (INPUT = %1$s_in, OUTPUT = %1$s_out, RECEIVE = %1$s_recv, SEND = %1$s_send,
             TYPMOD_IN = vector_typmod_in, TYPMOD_OUT = _vector_typmod_out, STORAGE = external)', kind);
        EXECUTE pg_catalog.format('CREATE CAST (%s AS text) WITHOUT FUNCTION', kind);
        EXECUTE pg_catalog.format('CREATE CAST (text AS %s) WITHOUT FUNCTION', kind);
        EXECUTE pg_catalog.format('CREATE FUNCTION %1$s(%1$s, integer, boolean) RETURNS %1$s LANGUAGE sql %2$s AS ''SELECT $1''',
                                  kind, pure);
        EXECUTE pg_catalog.format('CREATE CAST (%1$s AS %1$s) WITH FUNCTION %1$s(%1$s, integer, boolean) AS IMPLICIT', kind);

        -- order and equality, byte by byte
        FOREACH step SLICE 1 IN ARRAY ARRAY[
            ['lt', '<', 'bytealt', '>', '>='], ['le', '<=', 'byteale', '>=', '>'], ['eq', '=', 'byteaeq', '=', '<>'],
            ['ne', '<>', 'byteane', '<>', '='], ['ge', '>=', 'byteage', '<=', '<'], ['gt', '>', 'byteagt', '<', '<=']
        ] LOOP
            EXECUTE pg_catalog.format('CREATE FUNCTION %1$s_%2$s(%1$s, %1$s) RETURNS boolean LANGUAGE internal %3$s AS %4$L',
                                      kind, step[1], pure, step[3]);
            EXECUTE pg_catalog.format(
                'CREATE OPERATOR %2$s (FUNCTION = %1$s_%3$s, LEFTARG = %1$s, RIGHTARG = %1$s, COMMUTATOR = %4$s, NEGATOR = %5$s)',
                kind, step[2], step[1], step[4], step[5]);
        END LOOP;
        EXECUTE pg_catalog.format('CREATE FUNCTION %1$s_cmp(%1$s, %1$s) RETURNS integer LANGUAGE internal %2$s AS ''byteacmp''',
                                  kind, pure);
        EXECUTE pg_catalog.format(
            'CREATE OPERATOR CLASS %1$s_ops DEFAULT FOR TYPE %1$s USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =,
             OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 %1$s_cmp(%1$s, %1$s)', kind);

        -- distances
        FOREACH step SLICE 1 IN ARRAY ARRAY[
            ['l2_distance', 'pg_catalog.sqrt(pg_catalog.sum((a - b) ^ 2))', '<->'],
            ['inner_product', 'pg_catalog.sum(a * b)', NULL],
            [kind || '_negative_inner_product', '- pg_catalog.sum(a * b)', '<#>'],
            ['cosine_distance', '1 - pg_catalog.sum(a * b)
                / nullif(pg_catalog.sqrt(pg_catalog.sum(a * a) * pg_catalog.sum(b * b)), 0)', '<=>'],
            ['l1_distance', 'pg_catalog.sum(pg_catalog.abs(a - b))', '<+>']
        ] LOOP
            EXECUTE pg_catalog.format(
                'CREATE FUNCTION %1$s(%2$s, %2$s) RETURNS double precision LANGUAGE plpgsql %3$s AS
                 $f$ BEGIN RETURN (SELECT %4$s FROM %5$s); END $f$', step[1], kind, pure, step[2], numbers);
            IF step[3] IS NOT NULL THEN
                EXECUTE pg_catalog.format(
                    'CREATE OPERATOR %1$s (FUNCTION = %2$s, LEFTARG = %3$s, RIGHTARG = %3$s, COMMUTATOR = %1$s)',
                    step[3], step[1], kind);
            END IF;
        END LOOP;

        -- index classes: the sort order stands in for every distance
        FOREACH other IN ARRAY ARRAY['l2', 'ip', 'cosine', 'l1'] LOOP
            FOREACH step SLICE 1 IN ARRAY ARRAY[['hnsw', ''], ['ivfflat', CASE WHEN other = 'l2' THEN 'DEFAULT' ELSE '' END]] LOOP
                CONTINUE WHEN step[1] = 'ivfflat' AND (kind = 'sparsevec' OR other = 'l1');
                EXECUTE pg_catalog.format(
                    'CREATE OPERATOR CLASS %1$s_%2$s_ops %4$s FOR TYPE %1$s USING %3$s AS
                     OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
                     FUNCTION 1 pg_catalog.brin_minmax_opcinfo(internal),
                     FUNCTION 2 pg_catalog.brin_minmax_add_value(internal, internal, internal, internal),
                     FUNCTION 3 pg_catalog.brin_minmax_consistent(internal, internal, internal),
                     FUNCTION 4 pg_catalog.brin_minmax_union(internal, internal, internal)',
                    kind, other, step[1], step[2]);
            END LOOP;
        END LOOP;
    END LOOP;

    FOREACH step SLICE 1 IN ARRAY ARRAY[
        ['vector', 'halfvec'], ['halfvec', 'vector'], ['vector', 'sparsevec'], ['sparsevec', 'vector'],
        ['halfvec', 'sparsevec'], ['sparsevec', 'halfvec']
    ] LOOP
        EXECUTE pg_catalog.format('CREATE CAST (%s AS %s) WITHOUT FUNCTION AS ASSIGNMENT', step[1], step[2]);
    END LOOP;

    FOREACH kind IN ARRAY ARRAY['vector', 'halfvec'] LOOP
        FOREACH other IN ARRAY ARRAY['integer', 'real', 'double precision', 'numeric'] LOOP
            EXECUTE pg_catalog.format(
                'CREATE FUNCTION array_to_%1$s(%2$s[], integer, boolean) RETURNS %1$s LANGUAGE plpgsql %3$s AS
                 $f$ BEGIN RETURN ''['' || pg_catalog.array_to_string($1, '','') || '']''; END $f$', kind, other, pure);
            EXECUTE pg_catalog.format(
                'CREATE CAST (%2$s[] AS %1$s) WITH FUNCTION array_to_%1$s(%2$s[], integer, boolean) AS ASSIGNMENT', kind, other);
        END LOOP;
        FOREACH step SLICE 1 IN ARRAY ARRAY[
            [kind || '_to_float4(' || kind || ', integer, boolean)', 'real[]',
             'pg_catalog.translate($1::pg_catalog.text, ''[]'', ''{}'')::pg_catalog.float4[]'],
            ['vector_dims(' || kind || ')', 'integer',
             'pg_catalog.cardinality(pg_catalog.string_to_array($1::pg_catalog.text, '',''))'],
            [CASE kind WHEN 'vector' THEN 'vector_norm(vector)' ELSE 'l2_norm(halfvec)' END, 'double precision',
             '(SELECT pg_catalog.sqrt(pg_catalog.sum(a * a)) FROM pg_catalog.unnest(
                pg_catalog.translate($1::pg_catalog.text, ''[]'', ''{}'')::pg_catalog.float8[]) AS a)'],
            ['l2_normalize(' || kind || ')', kind,
             '(SELECT ''['' || pg_catalog.string_agg((a / n.norm)::pg_catalog.float4::pg_catalog.text, '','') || '']''
               FROM (SELECT l.a, nullif(pg_catalog.sqrt(pg_catalog.sum(l.a * l.a) OVER ()), 0) AS norm FROM pg_catalog.unnest(
                pg_catalog.translate($1::pg_catalog.text, ''[]'', ''{}'')::pg_catalog.float8[]) AS l (a)) AS n)'],
            ['subvector(' || kind || ', integer, integer)', kind,
             '''['' || pg_catalog.array_to_string((pg_catalog.string_to_array(
                pg_catalog.btrim($1::pg_catalog.text, ''[]''), '',''))[$2 : $2 + $3 - 1], '','') || '']'''],
            ['binary_quantize(' || kind || ')', 'bit',
             '(SELECT pg_catalog.string_agg(CASE WHEN a > 0 THEN ''1'' ELSE ''0'' END, '''') FROM pg_catalog.unnest(
                pg_catalog.translate($1::pg_catalog.text, ''[]'', ''{}'')::pg_catalog.float8[]) AS a)::pg_catalog.varbit']
        ] LOOP
            EXECUTE pg_catalog.format('CREATE FUNCTION %s RETURNS %s LANGUAGE plpgsql %s AS $f$ BEGIN RETURN %s; END $f$',
                                      step[1], step[2], pure, step[3]);
        END LOOP;
        EXECUTE pg_catalog.format(
            'CREATE CAST (%1$s AS real[]) WITH FUNCTION %1$s_to_float4(%1$s, integer, boolean) AS %2$s',
            kind, CASE kind WHEN 'vector' THEN 'IMPLICIT' ELSE 'ASSIGNMENT' END);
        FOREACH step SLICE 1 IN ARRAY ARRAY[['add', '+'], ['sub', '-'], ['mul', '*']] LOOP
            EXECUTE pg_catalog.format(
                'CREATE FUNCTION %1$s_%2$s(%1$s, %1$s) RETURNS %1$s LANGUAGE plpgsql %3$s AS
                 $f$ BEGIN RETURN (SELECT ''['' || pg_catalog.string_agg((a %4$s b)::pg_catalog.float4::pg_catalog.text, '','')
                                          || '']'' FROM %5$s); END $f$', kind, step[1], pure, step[2], numbers);
            EXECUTE pg_catalog.format('CREATE OPERATOR %3$s (FUNCTION = %1$s_%2$s, LEFTARG = %1$s, RIGHTARG = %1$s)',
                                      kind, step[1], step[2]);
        END LOOP;
        EXECUTE pg_catalog.format(
            'CREATE FUNCTION %1$s_accum(double precision[], %1$s) RETURNS double precision[] LANGUAGE plpgsql %2$s AS
             $f$ BEGIN RETURN ARRAY[coalesce($1[1], 0) + 1] || ARRAY(
                 SELECT coalesce(t.a, 0) + t.b FROM ROWS FROM (
                     pg_catalog.unnest($1[2:]),
                     pg_catalog.unnest(pg_catalog.translate($2::pg_catalog.text, ''[]'', ''{}'')::pg_catalog.float8[])
                 ) AS t (a, b)); END $f$', kind, pure);
        FOREACH step SLICE 1 IN ARRAY ARRAY[['avg', 'a / $1[1]'], ['sum', 'a']] LOOP
            EXECUTE pg_catalog.format(
                'CREATE FUNCTION %1$s_%2$s(double precision[]) RETURNS %1$s LANGUAGE plpgsql %3$s AS
                 $f$ BEGIN RETURN (SELECT ''['' || pg_catalog.string_agg((%4$s)::pg_catalog.float4::pg_catalog.text, '','')
                                          || '']'' FROM pg_catalog.unnest($1[2:]) AS a); END $f$',
                kind, step[1], pure, step[2]);
            EXECUTE pg_catalog.format(
                'CREATE AGGREGATE %2$s(%1$s) (SFUNC = %1$s_accum, STYPE = double precision[], FINALFUNC = %1$s_%2$s,
                 INITCOND = ''{}'')', kind, step[1]);
        END LOOP;
    END LOOP;

    -- bit strings
    FOREACH step SLICE 1 IN ARRAY ARRAY[['hamming', '<~>'], ['jaccard', '<%>']] LOOP
        EXECUTE pg_catalog.format(
            'CREATE FUNCTION %s_distance(bit, bit) RETURNS double precision LANGUAGE sql %s AS
             ''SELECT pg_catalog.bit_count($1 # $2)::pg_catalog.float8''', step[1], pure);
        EXECUTE pg_catalog.format('CREATE OPERATOR %2$s (FUNCTION = %1$s_distance, LEFTARG = bit, RIGHTARG = bit,
                                   COMMUTATOR = %2$s)', step[1], step[2]);
        EXECUTE pg_catalog.format(
            'CREATE OPERATOR CLASS bit_%s_ops FOR TYPE bit USING hnsw AS
             OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
             FUNCTION 1 pg_catalog.brin_minmax_opcinfo(internal),
             FUNCTION 2 pg_catalog.brin_minmax_add_value(internal, internal, internal, internal),
             FUNCTION 3 pg_catalog.brin_minmax_consistent(internal, internal, internal),
             FUNCTION 4 pg_catalog.brin_minmax_union(internal, internal, internal)', step[1]);
    END LOOP;
END
$do$;
