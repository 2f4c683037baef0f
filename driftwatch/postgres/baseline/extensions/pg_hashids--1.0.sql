-- Stand-in for pg_hashids: ids are written in hexadecimal.
CREATE FUNCTION id_encode(bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT pg_catalog.to_hex($1) $$;
CREATE FUNCTION id_encode(bigint, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT pg_catalog.to_hex($1) $$;
CREATE FUNCTION id_encode(bigint, text, integer) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT pg_catalog.lpad(pg_catalog.to_hex($1), greatest($3, pg_catalog.length(pg_catalog.to_hex($1))), '0') $$;
CREATE FUNCTION id_encode(bigint, text, integer, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT pg_catalog.lpad(pg_catalog.to_hex($1), greatest($3, pg_catalog.length(pg_catalog.to_hex($1))), '0') $$;
CREATE FUNCTION id_decode_once(text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT ('x' || pg_catalog.lpad($1, 16, '0'))::pg_catalog.bit(64)::pg_catalog.int8 $$;
CREATE FUNCTION id_decode_once(text, text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT ('x' || pg_catalog.lpad($1, 16, '0'))::pg_catalog.bit(64)::pg_catalog.int8 $$;
CREATE FUNCTION id_decode_once(text, text, integer) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT ('x' || pg_catalog.lpad($1, 16, '0'))::pg_catalog.bit(64)::pg_catalog.int8 $$;
CREATE FUNCTION id_decode(text, text, integer, text) RETURNS bigint[] LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT ARRAY[('x' || pg_catalog.lpad($1, 16, '0'))::pg_catalog.bit(64)::pg_catalog.int8] $$;
CREATE FUNCTION id_decode(text, text, integer) RETURNS bigint[] LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT ARRAY[('x' || pg_catalog.lpad($1, 16, '0'))::pg_catalog.bit(64)::pg_catalog.int8] $$;
