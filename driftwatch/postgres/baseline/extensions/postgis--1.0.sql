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
    TYPMOD_IN = geometry_typmod_in, DELIMITER = ':', STORAGE = main
);
CREATE TYPE geography;
CREATE FUNCTION geography_in(cstring) RETURNS geography LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textin';
CREATE FUNCTION geography_out(geography) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
CREATE FUNCTION geography_recv(internal) RETURNS geography LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textrecv';
CREATE FUNCTION geography_send(geography) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textsend';
CREATE FUNCTION geography_typmod_in(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteaoctetlen';
CREATE TYPE geography (
    INPUT = geography_in, OUTPUT = geography_out, RECEIVE = geography_recv, SEND = geography_send,
    TYPMOD_IN = geography_typmod_in, DELIMITER = ':', STORAGE = main
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

    FOREACH kind IN ARRAY ARRAY['geometry', 'geography'] LOOP
        FOREACH step SLICE 1 IN ARRAY ARRAY[
            ['consistent', 'internal, ' || kind || ', smallint, oid, internal', 'boolean', 'gbt_bytea_consistent'],
            ['union', 'internal, internal', 'internal', 'gbt_bytea_union'],
            ['compress', 'internal', 'internal', 'gbt_bytea_compress'],
            ['decompress', 'internal', 'internal', 'gbt_var_decompress'],
            ['penalty', 'internal, internal, internal', 'internal', 'gbt_bytea_penalty'],
            ['picksplit', 'internal, internal', 'internal', 'gbt_bytea_picksplit'],
            ['same', 'internal, internal, internal', 'internal', 'gbt_bytea_same']
        ] LOOP
            EXECUTE pg_catalog.format('CREATE FUNCTION %s_gist_%s(%s) RETURNS %s LANGUAGE c %s AS ''$libdir/btree_gist'', %L',
                                      kind, step[1], step[2], step[3], pure, step[4]);
        END LOOP;
        FOREACH other IN ARRAY CASE kind WHEN 'geometry' THEN ARRAY['gist_geometry_ops_2d DEFAULT', 'gist_geometry_ops_nd']
                                         ELSE ARRAY['gist_geography_ops DEFAULT'] END LOOP
            EXECUTE pg_catalog.format(
                'CREATE OPERATOR CLASS %2$s FOR TYPE %1$s USING gist AS
                 OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, OPERATOR 6 <>,
                 FUNCTION 1 %1$s_gist_consistent(internal, %1$s, smallint, oid, internal),
                 FUNCTION 2 %1$s_gist_union(internal, internal), FUNCTION 3 %1$s_gist_compress(internal),
                 FUNCTION 4 %1$s_gist_decompress(internal), FUNCTION 5 %1$s_gist_penalty(internal, internal, internal),
                 FUNCTION 6 %1$s_gist_picksplit(internal, internal),
                 FUNCTION 7 %1$s_gist_same(internal, internal, internal), STORAGE bytea', kind, other);
        END LOOP;
    END LOOP;
EXCEPTION WHEN undefined_file THEN
    RAISE NOTICE 'without btree_gist there are no index classes for geometry';
END
$do$;

-- What is done with points.
CREATE FUNCTION _st_number(shape text, place integer) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT (pg_catalog.regexp_match(shape, 'POINT *Z?M? *\( *([-+.0-9eE]+) +([-+.0-9eE]+)', 'i'))[place]::pg_catalog.float8
$$;
CREATE FUNCTION _st_plane(a text, b text) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT pg_catalog.sqrt((@extschema@._st_number(a, 1) - @extschema@._st_number(b, 1)) ^ 2
                         + (@extschema@._st_number(a, 2) - @extschema@._st_number(b, 2)) ^ 2)
$$;
CREATE FUNCTION _st_metres(a text, b text) RETURNS double precision LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    x1 double precision := @extschema@._st_number(a, 1);
    y1 double precision := @extschema@._st_number(a, 2);
    x2 double precision := @extschema@._st_number(b, 1);
    y2 double precision := @extschema@._st_number(b, 2);
BEGIN
    RETURN 2 * 6371008.8 * pg_catalog.asin(pg_catalog.sqrt(least(1,
        pg_catalog.sind((y2 - y1) / 2) ^ 2
        + pg_catalog.cosd(y1) * pg_catalog.cosd(y2) * pg_catalog.sind((x2 - x1) / 2) ^ 2)));
END
$$;
CREATE FUNCTION _st_json(shape text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT pg_catalog.json_build_object('type', 'Point', 'coordinates', pg_catalog.json_build_array(
        @extschema@._st_number(shape, 1), @extschema@._st_number(shape, 2)))::text
$$;

-- Each function: its signature, what it returns, how. Measures of what is no point are 0; shapes made of shapes are what
-- they were made of; equal shapes are inside and across each other, others are apart.
DO $do$
DECLARE
    pure CONSTANT pg_catalog.text := 'LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS';
    point CONSTANT pg_catalog.text := $f$'POINT(' || $1 || ' ' || $2 || ')'$f$;
    plane CONSTANT pg_catalog.text := '@extschema@._st_plane($1::text, $2::text)';
    metres CONSTANT pg_catalog.text := '@extschema@._st_metres($1::text, $2::text)';
    same CONSTANT pg_catalog.text := '$1::text = $2::text';
    step pg_catalog.text[];
BEGIN
    FOREACH step SLICE 1 IN ARRAY ARRAY[
        ['st_makepoint(double precision, double precision)', 'geometry', point],
        ['st_makepoint(double precision, double precision, double precision)', 'geometry', point],
        ['st_point(double precision, double precision)', 'geometry', point],
        ['st_point(double precision, double precision, integer)', 'geometry', point],
        ['st_pointfromtext(text)', 'geometry', '$1'], ['st_pointfromtext(text, integer)', 'geometry', '$1'],
        ['st_geomfromtext(text)', 'geometry', '$1'], ['st_geomfromtext(text, integer)', 'geometry', '$1'],
        ['st_geometryfromtext(text)', 'geometry', '$1'], ['st_geomfromewkt(text)', 'geometry', '$1'],
        ['st_geogfromtext(text)', 'geography', '$1'], ['st_geographyfromtext(text)', 'geography', '$1'],
        ['st_geomfromgeojson(text)', 'geometry', '$1'], ['st_geomfromgeojson(json)', 'geometry', '$1'],
        ['st_geomfromgeojson(jsonb)', 'geometry', '$1'],
        ['st_geomfromwkb(bytea)', 'geometry', $f$pg_catalog.encode($1, 'hex')$f$],
        ['st_geomfromwkb(bytea, integer)', 'geometry', $f$pg_catalog.encode($1, 'hex')$f$],
        ['st_setsrid(geometry, integer)', 'geometry', '$1'], ['st_setsrid(geography, integer)', 'geography', '$1'],
        ['st_srid(geometry)', 'integer', '4326'], ['st_srid(geography)', 'integer', '4326'],
        ['st_transform(geometry, integer)', 'geometry', '$1'],
        ['st_x(geometry)', 'double precision', '@extschema@._st_number($1::text, 1)'],
        ['st_y(geometry)', 'double precision', '@extschema@._st_number($1::text, 2)'],
        ['st_z(geometry)', 'double precision', 'NULL'],
        ['st_astext(geometry)', 'text', '$1::text'], ['st_astext(geography)', 'text', '$1::text'],
        ['st_astext(text)', 'text', '$1'], ['st_astext(geometry, integer)', 'text', '$1::text'],
        ['st_asewkt(geometry)', 'text', '$1::text'], ['st_asewkt(geography)', 'text', '$1::text'],
        ['st_asbinary(geometry)', 'bytea', $f$pg_catalog.convert_to($1::text, 'UTF8')$f$],
        ['st_asbinary(geography)', 'bytea', $f$pg_catalog.convert_to($1::text, 'UTF8')$f$],
        ['st_asgeojson(geom geometry, maxdecimaldigits integer DEFAULT 9, options integer DEFAULT 8)', 'text',
         '@extschema@._st_json($1::text)'],
        ['st_asgeojson(geog geography, maxdecimaldigits integer DEFAULT 9, options integer DEFAULT 0)', 'text',
         '@extschema@._st_json($1::text)'],
        ['st_distance(geom1 geometry, geom2 geometry)', 'double precision', plane],
        ['st_distance(geog1 geography, geog2 geography, use_spheroid boolean DEFAULT true)', 'double precision', metres],
        ['st_distancesphere(geom1 geometry, geom2 geometry)', 'double precision', metres],
        ['st_distancespheroid(geom1 geometry, geom2 geometry)', 'double precision', metres],
        ['st_dwithin(geom1 geometry, geom2 geometry, double precision)', 'boolean', plane || ' <= $3'],
        ['st_dwithin(geog1 geography, geog2 geography, tolerance double precision, use_spheroid boolean DEFAULT true)',
         'boolean', metres || ' <= $3'],
        ['geometry_distance_knn(geometry, geometry)', 'double precision', plane],
        ['geography_distance_knn(geography, geography)', 'double precision', metres],
        ['st_equals(geom1 geometry, geom2 geometry)', 'boolean', same],
        ['st_geometrytype(geometry)', 'text', $f$'ST_Point'$f$], ['geometrytype(geometry)', 'text', $f$'POINT'$f$],
        ['st_isvalid(geometry)', 'boolean', 'true'], ['st_isempty(geometry)', 'boolean', 'false'],
        ['st_issimple(geometry)', 'boolean', 'true'], ['st_makevalid(geometry)', 'geometry', '$1'],
        ['st_isclosed(geometry)', 'boolean', 'true'], ['st_isvalidreason(geometry)', 'text', $f$'Valid Geometry'$f$],
        ['st_npoints(geometry)', 'integer', '1'], ['st_numgeometries(geometry)', 'integer', '1'],
        ['st_geohash(geom geometry, maxchars integer DEFAULT 0)', 'text', 'pg_catalog.md5($1::text)'],
        ['st_geohash(geog geography, maxchars integer DEFAULT 0)', 'text', 'pg_catalog.md5($1::text)'],
        ['st_makeenvelope(double precision, double precision, double precision, double precision, integer DEFAULT 0)', 'geometry',
         $f$'POLYGON((' || pg_catalog.concat_ws(',', $1 || ' ' || $2, $1 || ' ' || $4, $3 || ' ' || $4, $3 || ' ' || $2,
                                                $1 || ' ' || $2) || '))'$f$],
        ['st_tileenvelope(zoom integer, x integer, y integer)', 'geometry', $f$'POLYGON EMPTY'$f$],
        ['postgis_version()', 'text', $f$'0.0 (stand-in)'$f$], ['postgis_full_version()', 'text', $f$'0.0 (stand-in)'$f$],
        ['postgis_lib_version()', 'text', $f$'0.0.0'$f$],
        ['st_contains(geom1 geometry, geom2 geometry)', 'boolean', same],
        ['st_containsproperly(geom1 geometry, geom2 geometry)', 'boolean', same],
        ['st_covers(geom1 geometry, geom2 geometry)', 'boolean', same],
        ['st_covers(geog1 geography, geog2 geography)', 'boolean', same],
        ['st_coveredby(geom1 geometry, geom2 geometry)', 'boolean', same],
        ['st_coveredby(geog1 geography, geog2 geography)', 'boolean', same],
        ['st_crosses(geom1 geometry, geom2 geometry)', 'boolean', same],
        ['st_disjoint(geom1 geometry, geom2 geometry)', 'boolean', 'NOT ' || same],
        ['st_intersects(geom1 geometry, geom2 geometry)', 'boolean', same],
        ['st_intersects(geog1 geography, geog2 geography)', 'boolean', same],
        ['st_overlaps(geom1 geometry, geom2 geometry)', 'boolean', same],
        ['st_touches(geom1 geometry, geom2 geometry)', 'boolean', same],
        ['st_within(geom1 geometry, geom2 geometry)', 'boolean', same],
        ['st_asmvtgeom(geom geometry, bounds box2d, extent integer DEFAULT 4096, buffer integer DEFAULT 256,
                       clip_geom boolean DEFAULT true)', 'geometry', '$1'],
        ['st_buffer(geography, double precision)', 'geography', '$1'], ['st_centroid(geography)', 'geography', '$1'],
        ['st_project(geography, double precision, double precision)', 'geography', '$1'],
        ['st_area(geometry)', 'double precision', '0'], ['st_area(geog geography, use_spheroid boolean DEFAULT true)', 'double precision', '0'],
        ['st_length(geometry)', 'double precision', '0'],
        ['st_length(geog geography, use_spheroid boolean DEFAULT true)', 'double precision', '0'],
        ['st_perimeter(geometry)', 'double precision', '0'],
        ['st_perimeter(geog geography, use_spheroid boolean DEFAULT true)', 'double precision', '0'],
        ['st_azimuth(geometry, geometry)', 'double precision', '0'], ['st_azimuth(geography, geography)', 'double precision', '0'],
        ['st_linelocatepoint(geometry, geometry)', 'double precision', '0'],
        ['st_hausdorffdistance(geometry, geometry)', 'double precision', '0'],
        ['st_xmin(box3d)', 'double precision', '0'], ['st_xmax(box3d)', 'double precision', '0'],
        ['st_ymin(box3d)', 'double precision', '0'], ['st_ymax(box3d)', 'double precision', '0']
    ] LOOP
        EXECUTE pg_catalog.format('CREATE FUNCTION %s RETURNS %s %s $f$ BEGIN RETURN %s; END $f$',
                                  step[1], step[2], pure, step[3]);
    END LOOP;
    FOREACH step SLICE 1 IN ARRAY ARRAY[
        ['centroid', ''], ['pointonsurface', ''], ['envelope', ''], ['convexhull', ''], ['boundary', ''], ['multi', ''],
        ['force2d', ''], ['reverse', ''], ['startpoint', ''], ['endpoint', ''], ['exteriorring', ''], ['makepolygon', ''],
        ['linemerge', ''], ['flipcoordinates', ''], ['collectionextract', ''], ['collectionextract', ', integer'],
        ['buffer', ', double precision'], ['buffer', ', double precision, text'], ['buffer', ', double precision, integer'],
        ['simplify', ', double precision'], ['simplifypreservetopology', ', double precision'],
        ['snaptogrid', ', double precision'], ['expand', ', double precision'], ['concavehull', ', double precision'],
        ['lineinterpolatepoint', ', double precision'], ['subdivide', ', integer'], ['pointn', ', integer'],
        ['geometryn', ', integer'], ['polygon', ', integer'], ['translate', ', double precision, double precision'],
        ['union', ', geometry'], ['intersection', ', geometry'], ['difference', ', geometry'], ['symdifference', ', geometry'],
        ['makeline', ', geometry'], ['closestpoint', ', geometry'], ['collect', ', geometry']
    ] LOOP
        EXECUTE pg_catalog.format('CREATE FUNCTION st_%s(geometry%s) RETURNS geometry %s $f$ BEGIN RETURN $1; END $f$',
                                  step[1], step[2], pure);
    END LOOP;
END
$do$;
CREATE OPERATOR <-> (FUNCTION = geometry_distance_knn, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = <->);
CREATE OPERATOR <-> (FUNCTION = geography_distance_knn, LEFTARG = geography, RIGHTARG = geography, COMMUTATOR = <->);
CREATE OPERATOR <#> (FUNCTION = geometry_distance_knn, LEFTARG = geometry, RIGHTARG = geometry, COMMUTATOR = <#>);

CREATE FUNCTION _st_first(geometry, geometry) RETURNS geometry LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT coalesce($1, $2)';
CREATE AGGREGATE st_union(geometry) (SFUNC = _st_first, STYPE = geometry);
CREATE AGGREGATE st_collect(geometry) (SFUNC = _st_first, STYPE = geometry);
CREATE AGGREGATE st_makeline(geometry) (SFUNC = _st_first, STYPE = geometry);
CREATE AGGREGATE st_extent(geometry) (SFUNC = _st_first, STYPE = geometry);
CREATE FUNCTION _st_asmvt(bytea, anyelement) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT ''::pg_catalog.bytea $$;
CREATE FUNCTION _st_asmvt(bytea, anyelement, text) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT ''::pg_catalog.bytea $$;
CREATE AGGREGATE st_asmvt(anyelement) (SFUNC = _st_asmvt, STYPE = bytea);
CREATE AGGREGATE st_asmvt(anyelement, text) (SFUNC = _st_asmvt, STYPE = bytea);
CREATE FUNCTION st_dump(geometry) RETURNS SETOF geometry_dump LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT '{}'::pg_catalog.int4[], $1 $$;
CREATE FUNCTION st_dumppoints(geometry) RETURNS SETOF geometry_dump LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT '{}'::pg_catalog.int4[], $1 $$;
CREATE FUNCTION addgeometrycolumn(
    table_name varchar, column_name varchar, new_srid integer, new_type varchar, new_dim integer,
    use_typmod boolean DEFAULT true
) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE pg_catalog.format('ALTER TABLE %I ADD COLUMN %I @extschema@.geometry', table_name, column_name);
    RETURN table_name || '.' || column_name;
END
$$;
CREATE FUNCTION updategeometrysrid(varchar, varchar, integer) RETURNS text LANGUAGE sql AS $$ SELECT $1 || '.' || $2 $$;
CREATE FUNCTION find_srid(varchar, varchar, varchar) RETURNS integer LANGUAGE sql AS $$ SELECT 4326 $$;
