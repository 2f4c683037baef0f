-- Stand-in for PostGIS. geometry and geography are text inside and keep what they are given; their modifiers (Point, 4326)
-- are taken as they come and only their length is kept. Points are understood (ST_X, ST_Y, ST_Distance, ST_DWithin and
-- the like work on 'POINT(x y)'); of everything else the functions exist and give NULL, false or what they got.

CREATE TYPE geometry;
CREATE FUNCTION geometry_in(cstring) RETURNS geometry LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textin';
CREATE FUNCTION geometry_out(geometry) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
CREATE FUNCTION geometry_recv(internal) RETURNS geometry LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textrecv';
CREATE FUNCTION geometry_send(geometry) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textsend';
-- The size of the array of modifiers: the only thing of it that a function of Postgres's own turns into a typmod.
CREATE FUNCTION geometry_typmod_in(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteaoctetlen';
CREATE TYPE geometry (
    INPUT = geometry_in, OUTPUT = geometry_out, RECEIVE = geometry_recv, SEND = geometry_send,
    TYPMOD_IN = geometry_typmod_in, DELIMITER = ':', ALIGNMENT = double, STORAGE = main
);
CREATE TYPE geography;
CREATE FUNCTION geography_in(cstring) RETURNS geography LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textin';
CREATE FUNCTION geography_out(geography) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
CREATE FUNCTION geography_recv(internal) RETURNS geography LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textrecv';
CREATE FUNCTION geography_send(geography) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textsend';
CREATE FUNCTION geography_typmod_in(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteaoctetlen';
CREATE TYPE geography (
    INPUT = geography_in, OUTPUT = geography_out, RECEIVE = geography_recv, SEND = geography_send,
    TYPMOD_IN = geography_typmod_in, DELIMITER = ':', ALIGNMENT = double, STORAGE = main
);
CREATE TYPE box2d;
CREATE FUNCTION box2d_in(cstring) RETURNS box2d LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textin';
CREATE FUNCTION box2d_out(box2d) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
CREATE TYPE box2d (INPUT = box2d_in, OUTPUT = box2d_out);
CREATE TYPE box3d;
CREATE FUNCTION box3d_in(cstring) RETURNS box3d LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textin';
CREATE FUNCTION box3d_out(box3d) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
CREATE TYPE box3d (INPUT = box3d_in, OUTPUT = box3d_out);
CREATE TYPE geometry_dump AS (path integer[], geom geometry);

CREATE FUNCTION geometry(geometry, integer, boolean) RETURNS geometry LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT $1';
CREATE FUNCTION geography(geography, integer, boolean) RETURNS geography LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT $1';
CREATE CAST (geometry AS geometry) WITH FUNCTION geometry(geometry, integer, boolean) AS IMPLICIT;
CREATE CAST (geography AS geography) WITH FUNCTION geography(geography, integer, boolean) AS IMPLICIT;
CREATE CAST (geometry AS geography) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (geography AS geometry) WITHOUT FUNCTION;
CREATE CAST (text AS geometry) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (geometry AS text) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (geography AS text) WITHOUT FUNCTION;
CREATE CAST (box2d AS geometry) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (box3d AS geometry) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (geometry AS box2d) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE CAST (geometry AS box3d) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE FUNCTION geometry_bytea(geometry) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT pg_catalog.convert_to($1::pg_catalog.text, 'UTF8') $$;
CREATE CAST (geometry AS bytea) WITH FUNCTION geometry_bytea(geometry) AS IMPLICIT;

CREATE TABLE spatial_ref_sys (
    srid integer NOT NULL CONSTRAINT spatial_ref_sys_pkey PRIMARY KEY
        CONSTRAINT spatial_ref_sys_srid_check CHECK (srid > 0 AND srid <= 998999),
    auth_name varchar(256),
    auth_srid integer,
    srtext varchar(2048),
    proj4text varchar(2048)
);
INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid) VALUES (4326, 'EPSG', 4326), (3857, 'EPSG', 3857);
GRANT SELECT ON spatial_ref_sys TO PUBLIC;
CREATE VIEW geometry_columns AS
SELECT pg_catalog.current_database()::varchar(256) AS f_table_catalog, NULL::name AS f_table_schema, NULL::name AS f_table_name,
       NULL::name AS f_geometry_column, NULL::integer AS coord_dimension, NULL::integer AS srid, NULL::varchar(30) AS type
WHERE false;
CREATE VIEW geography_columns AS
SELECT pg_catalog.current_database() AS f_table_catalog, NULL::name AS f_table_schema, NULL::name AS f_table_name,
       NULL::name AS f_geography_column, NULL::integer AS coord_dimension, NULL::integer AS srid, NULL::text AS type
WHERE false;
GRANT SELECT ON geometry_columns, geography_columns TO PUBLIC;

-- Order, equality and index classes: byte by byte. GiST works through btree_gist's functions where the installation has
-- them; then an index can be made and written to, and never answers a spatial question.
DO $do$
DECLARE
    kind pg_catalog.text;
    other pg_catalog.text;
    step pg_catalog.text[];
    pure CONSTANT pg_catalog.text := 'IMMUTABLE STRICT PARALLEL SAFE';
    gist pg_catalog.text := '';
BEGIN
    FOREACH kind IN ARRAY ARRAY['geometry', 'geography'] LOOP
        FOREACH step SLICE 1 IN ARRAY ARRAY[
            ['lt', '<', 'bytealt', '>', '>='], ['le', '<=', 'byteale', '>=', '>'], ['eq', '=', 'byteaeq', '=', '<>'],
            ['neq', '<>', 'byteane', '<>', '='], ['ge', '>=', 'byteage', '<=', '<'], ['gt', '>', 'byteagt', '<', '<=']
        ] LOOP
            EXECUTE pg_catalog.format('CREATE FUNCTION %1$s_%2$s(%1$s, %1$s) RETURNS boolean LANGUAGE internal %3$s AS %4$L',
                                      kind, step[1], pure, step[3]);
            EXECUTE pg_catalog.format(
                'CREATE OPERATOR %2$s (FUNCTION = %1$s_%3$s, LEFTARG = %1$s, RIGHTARG = %1$s, COMMUTATOR = %4$s, NEGATOR = %5$s%6$s)',
                kind, step[2], step[1], step[4], step[5], CASE step[2] WHEN '=' THEN ', HASHES, MERGES' ELSE '' END);
        END LOOP;
        EXECUTE pg_catalog.format('CREATE FUNCTION %1$s_cmp(%1$s, %1$s) RETURNS integer LANGUAGE internal %2$s AS ''byteacmp''', kind, pure);
        EXECUTE pg_catalog.format('CREATE FUNCTION %1$s_hash(%1$s) RETURNS integer LANGUAGE internal %2$s AS ''hashvarlena''', kind, pure);
        EXECUTE pg_catalog.format(
            'CREATE OPERATOR CLASS %2$s DEFAULT FOR TYPE %1$s USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =,
             OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 %1$s_cmp(%1$s, %1$s)',
            kind, CASE kind WHEN 'geometry' THEN 'btree_geometry_ops' ELSE 'btree_geography_ops' END);
        IF kind = 'geometry' THEN
            CREATE OPERATOR CLASS hash_geometry_ops DEFAULT FOR TYPE geometry USING hash AS
                OPERATOR 1 =, FUNCTION 1 geometry_hash(geometry);
        END IF;
        EXECUTE pg_catalog.format(
            'CREATE OPERATOR CLASS %2$s DEFAULT FOR TYPE %1$s USING brin AS
             OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
             FUNCTION 1 pg_catalog.brin_minmax_opcinfo(internal),
             FUNCTION 2 pg_catalog.brin_minmax_add_value(internal, internal, internal, internal),
             FUNCTION 3 pg_catalog.brin_minmax_consistent(internal, internal, internal),
             FUNCTION 4 pg_catalog.brin_minmax_union(internal, internal, internal)',
            kind, CASE kind WHEN 'geometry' THEN 'brin_geometry_inclusion_ops_2d' ELSE 'brin_geography_inclusion_ops' END);

        FOREACH step SLICE 1 IN ARRAY ARRAY[
            ['overlaps', '&&', '$1 = $2'], ['contains', '~', '$1 = $2'], ['within', '@', '$1 = $2'], ['same', '~=', '$1 = $2'],
            ['left', '<<', 'false'], ['right', '>>', 'false'], ['above', '|>>', 'false'], ['below', '<<|', 'false'],
            ['overleft', '&<', 'false'], ['overright', '&>', 'false'], ['overlaps_nd', '&&&', '$1 = $2']
        ] LOOP
            EXECUTE pg_catalog.format('CREATE FUNCTION %1$s_%2$s(%1$s, %1$s) RETURNS boolean LANGUAGE internal %3$s AS ''byteaeq''',
                                      kind, step[1], pure);
            EXECUTE pg_catalog.format('CREATE OPERATOR %2$s (FUNCTION = %1$s_%3$s, LEFTARG = %1$s, RIGHTARG = %1$s)', kind, step[2], step[1]);
        END LOOP;
    END LOOP;

    BEGIN
        FOREACH kind IN ARRAY ARRAY['geometry', 'geography'] LOOP
            FOREACH step SLICE 1 IN ARRAY ARRAY[
                ['consistent', '(internal, %1$s, smallint, oid, internal)', 'boolean', 'gbt_bytea_consistent'],
                ['union', '(internal, internal)', 'internal', 'gbt_bytea_union'],
                ['compress', '(internal)', 'internal', 'gbt_bytea_compress'],
                ['decompress', '(internal)', 'internal', 'gbt_var_decompress'],
                ['penalty', '(internal, internal, internal)', 'internal', 'gbt_bytea_penalty'],
                ['picksplit', '(internal, internal)', 'internal', 'gbt_bytea_picksplit'],
                ['same', '(internal, internal, internal)', 'internal', 'gbt_bytea_same']
            ] LOOP
                EXECUTE pg_catalog.format('CREATE FUNCTION %s_gist_%s' || step[2] || ' RETURNS %s LANGUAGE c %s AS ''$libdir/btree_gist'', %L',
                                          kind, step[1], step[3], pure, step[4])
                WHERE step[2] !~ '%';
            END LOOP;
        END LOOP;
    EXCEPTION WHEN OTHERS THEN
        NULL;
    END;
END
$do$;
