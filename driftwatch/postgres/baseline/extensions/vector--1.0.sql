-- Stand-in for pgvector. The types are text inside, with Postgres's own input and output, so they take any dimension
-- and keep what they are given; distances are computed for real. The access methods are BRIN by another name: an
-- index can be made, is safe to write to, and never gets slower or wrong, but takes no options.

CREATE TYPE vector;
CREATE FUNCTION vector_in(cstring, oid, integer) RETURNS vector LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textin';
CREATE FUNCTION vector_out(vector) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
CREATE FUNCTION vector_recv(internal, oid, integer) RETURNS vector LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textrecv';
CREATE FUNCTION vector_send(vector) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textsend';
CREATE FUNCTION vector_typmod_in(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'varchartypmodin';
CREATE FUNCTION _vector_typmod_out(integer) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'varchartypmodout';
CREATE TYPE vector (
    INPUT = vector_in, OUTPUT = vector_out, RECEIVE = vector_recv, SEND = vector_send,
    TYPMOD_IN = vector_typmod_in, TYPMOD_OUT = _vector_typmod_out, STORAGE = external
);
CREATE TYPE halfvec;
CREATE FUNCTION halfvec_in(cstring, oid, integer) RETURNS halfvec LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textin';
CREATE FUNCTION halfvec_out(halfvec) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
CREATE TYPE halfvec (
    INPUT = halfvec_in, OUTPUT = halfvec_out, TYPMOD_IN = vector_typmod_in, TYPMOD_OUT = _vector_typmod_out, STORAGE = external
);
CREATE TYPE sparsevec;
CREATE FUNCTION sparsevec_in(cstring, oid, integer) RETURNS sparsevec LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textin';
CREATE FUNCTION sparsevec_out(sparsevec) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
CREATE TYPE sparsevec (
    INPUT = sparsevec_in, OUTPUT = sparsevec_out, TYPMOD_IN = vector_typmod_in, TYPMOD_OUT = _vector_typmod_out, STORAGE = external
);

CREATE CAST (vector AS text) WITHOUT FUNCTION;
CREATE CAST (text AS vector) WITHOUT FUNCTION;
CREATE CAST (halfvec AS text) WITHOUT FUNCTION;
CREATE CAST (text AS halfvec) WITHOUT FUNCTION;
CREATE CAST (vector AS halfvec) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE CAST (halfvec AS vector) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE CAST (vector AS sparsevec) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE CAST (sparsevec AS vector) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE CAST (halfvec AS sparsevec) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE CAST (sparsevec AS halfvec) WITHOUT FUNCTION AS ASSIGNMENT;

CREATE FUNCTION vector(vector, integer, boolean) RETURNS vector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT $1 $$;
CREATE FUNCTION halfvec(halfvec, integer, boolean) RETURNS halfvec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT $1 $$;
CREATE CAST (vector AS vector) WITH FUNCTION vector(vector, integer, boolean) AS IMPLICIT;
CREATE CAST (halfvec AS halfvec) WITH FUNCTION halfvec(halfvec, integer, boolean) AS IMPLICIT;
-- The result is text, which the cast of a function's result to its declared type turns into a vector.
CREATE FUNCTION _array_text(anyarray) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT '[' || pg_catalog.array_to_string($1, ',') || ']' $$;
DO $$
DECLARE
    element pg_catalog.text;
    target pg_catalog.text;
BEGIN
    FOREACH target IN ARRAY ARRAY['vector', 'halfvec'] LOOP
        FOREACH element IN ARRAY ARRAY['integer', 'real', 'double precision', 'numeric'] LOOP
            EXECUTE pg_catalog.format(
                'CREATE FUNCTION array_to_%1$s(%2$s[], integer, boolean) RETURNS %1$s
                 LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
                 $f$ BEGIN RETURN ''['' || pg_catalog.array_to_string($1, '','') || '']''; END $f$', target, element);
            EXECUTE pg_catalog.format('CREATE CAST (%2$s[] AS %1$s) WITH FUNCTION array_to_%1$s(%2$s[], integer, boolean) AS ASSIGNMENT',
                                      target, element);
        END LOOP;
        EXECUTE pg_catalog.format(
            'CREATE FUNCTION %1$s_to_float4(%1$s, integer, boolean) RETURNS real[]
             LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
             $f$ BEGIN RETURN pg_catalog.translate($1::pg_catalog.text, ''[]'', ''{}'')::pg_catalog.float4[]; END $f$', target);
        EXECUTE pg_catalog.format('CREATE CAST (%1$s AS real[]) WITH FUNCTION %1$s_to_float4(%1$s, integer, boolean) AS IMPLICIT', target);
    END LOOP;
END
$$;
DROP FUNCTION _array_text(anyarray);

-- Distances, operators, operator classes: the same for each type.
DO $$
DECLARE
    kind pg_catalog.text;
    method pg_catalog.text;
    class pg_catalog.text;
    one pg_catalog.text[];
BEGIN
    CREATE ACCESS METHOD hnsw TYPE INDEX HANDLER pg_catalog.brinhandler;
    CREATE ACCESS METHOD ivfflat TYPE INDEX HANDLER pg_catalog.brinhandler;
    FOREACH kind IN ARRAY ARRAY['vector', 'halfvec', 'sparsevec'] LOOP
        FOREACH one SLICE 1 IN ARRAY ARRAY[
            ['l2_distance', 'pg_catalog.sqrt(pg_catalog.sum((a - b) ^ 2))', '<->'],
            ['inner_product', 'pg_catalog.sum(a * b)', ''],
            ['cosine_distance',
             '1 - pg_catalog.sum(a * b) / nullif(pg_catalog.sqrt(pg_catalog.sum(a * a) * pg_catalog.sum(b * b)), 0)', '<=>'],
            ['l1_distance', 'pg_catalog.sum(pg_catalog.abs(a - b))', '<+>'],
            ['negative_inner_product', '- pg_catalog.sum(a * b)', '<#>']
        ] LOOP
            EXECUTE pg_catalog.format(
                'CREATE FUNCTION %1$s(%2$s, %2$s) RETURNS double precision
                 LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
                 $f$ BEGIN RETURN (SELECT %3$s FROM ROWS FROM (
                     pg_catalog.unnest(pg_catalog.translate(pg_catalog.textin(pg_catalog.%4$s($1)), ''[]'', ''{}'')::pg_catalog.float8[]),
                     pg_catalog.unnest(pg_catalog.translate(pg_catalog.textin(pg_catalog.%4$s($2)), ''[]'', ''{}'')::pg_catalog.float8[])
                 ) AS t (a, b)); END $f$',
                CASE WHEN one[1] = 'negative_inner_product' THEN kind || '_' || one[1] ELSE one[1] END,
                kind, one[2], 'x');
            IF one[3] <> '' THEN
                EXECUTE pg_catalog.format(
                    'CREATE OPERATOR %s (FUNCTION = %s, LEFTARG = %3$s, RIGHTARG = %3$s, COMMUTATOR = OPERATOR(%1$s))', one[3],
                    CASE WHEN one[1] = 'negative_inner_product' THEN kind || '_' || one[1] ELSE one[1] END, kind);
            END IF;
        END LOOP;
    END LOOP;
END
$$;
