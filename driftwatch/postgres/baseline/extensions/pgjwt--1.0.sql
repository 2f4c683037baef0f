-- Stand-in for pgjwt: signs and verifies for real (HS256, HS384, HS512), with Postgres's own hash functions.

CREATE FUNCTION @extschema@.url_encode(data bytea) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT pg_catalog.translate(pg_catalog.encode(data, 'base64'), E'+/=\n', '-_')
$$;
CREATE FUNCTION @extschema@.url_decode(data text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT pg_catalog.decode(pg_catalog.rpad(pg_catalog.translate(data, '-_', '+/'),
                             (pg_catalog.length(data) + 3) / 4 * 4, '='), 'base64')
$$;
CREATE FUNCTION @extschema@.algorithm_sign(signables text, secret text, algorithm text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog AS $$
DECLARE
    size CONSTANT integer := CASE algorithm WHEN 'HS256' THEN 64 WHEN 'HS384' THEN 128 WHEN 'HS512' THEN 128 END;
    key bytea := convert_to(secret, 'UTF8');
    inner_key bytea;
    outer_key bytea;
    hash bytea;
BEGIN
    IF size IS NULL THEN
        RETURN '';
    END IF;
    IF octet_length(key) > size THEN
        key := CASE algorithm WHEN 'HS256' THEN sha256(key) WHEN 'HS384' THEN sha384(key) ELSE sha512(key) END;
    END IF;
    key := key || decode(repeat('00', size - octet_length(key)), 'hex');
    inner_key := key;
    outer_key := key;
    FOR place IN 0 .. size - 1 LOOP
        inner_key := set_byte(inner_key, place, get_byte(key, place) # 54);
        outer_key := set_byte(outer_key, place, get_byte(key, place) # 92);
    END LOOP;
    hash := inner_key || convert_to(signables, 'UTF8');
    hash := outer_key || CASE algorithm WHEN 'HS256' THEN sha256(hash) WHEN 'HS384' THEN sha384(hash) ELSE sha512(hash) END;
    hash := CASE algorithm WHEN 'HS256' THEN sha256(hash) WHEN 'HS384' THEN sha384(hash) ELSE sha512(hash) END;
    RETURN @extschema@.url_encode(hash);
END
$$;
CREATE FUNCTION @extschema@.sign(payload json, secret text, algorithm text DEFAULT 'HS256') RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT parts.text || '.' || @extschema@.algorithm_sign(parts.text, secret, algorithm)
    FROM (SELECT @extschema@.url_encode(pg_catalog.convert_to('{"alg":"' || algorithm || '","typ":"JWT"}', 'utf8')) || '.'
              || @extschema@.url_encode(pg_catalog.convert_to(payload::text, 'utf8')) AS text) AS parts
$$;
CREATE FUNCTION @extschema@.try_cast_double(inp text) RETURNS double precision LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN inp::double precision;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END
$$;
CREATE FUNCTION @extschema@.verify(token text, secret text, algorithm text DEFAULT 'HS256')
RETURNS TABLE (header json, payload json, valid boolean) LANGUAGE sql IMMUTABLE AS $$
    SELECT jwt.header, jwt.payload, jwt.signed AND pg_catalog.tstzrange(
               pg_catalog.to_timestamp(@extschema@.try_cast_double(jwt.payload ->> 'nbf')),
               pg_catalog.to_timestamp(@extschema@.try_cast_double(jwt.payload ->> 'exp'))) @> CURRENT_TIMESTAMP
    FROM (SELECT pg_catalog.convert_from(@extschema@.url_decode(part[1]), 'utf8')::pg_catalog.json AS header,
                 pg_catalog.convert_from(@extschema@.url_decode(part[2]), 'utf8')::pg_catalog.json AS payload,
                 part[3] = @extschema@.algorithm_sign(part[1] || '.' || part[2], secret, algorithm) AS signed
          FROM pg_catalog.regexp_split_to_array(token, '\.') AS part) AS jwt
$$;
