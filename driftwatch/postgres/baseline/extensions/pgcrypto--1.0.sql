-- Stand-in for pgcrypto, where an installation lacks it. Random bytes are random, SHA-2 and MD5 digests and HMACs are real;
-- passwords, ciphers and PGP only look right: what was "encrypted" is what comes back.

CREATE FUNCTION gen_random_uuid() RETURNS uuid LANGUAGE internal VOLATILE PARALLEL SAFE AS 'gen_random_uuid';
CREATE FUNCTION gen_random_bytes(integer) RETURNS bytea LANGUAGE sql VOLATILE STRICT PARALLEL SAFE AS $$
    SELECT pg_catalog.substring(pg_catalog.decode(pg_catalog.string_agg(
               pg_catalog.replace(pg_catalog.gen_random_uuid()::text, '-', ''), ''), 'hex'), 1, $1)
    FROM pg_catalog.generate_series(0, $1 / 16)
$$;
CREATE FUNCTION digest(bytea, text) RETURNS bytea LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN CASE pg_catalog.lower($2)
        WHEN 'md5' THEN pg_catalog.decode(pg_catalog.md5($1), 'hex')
        WHEN 'sha1' THEN pg_catalog.substring(pg_catalog.sha256($1), 1, 20)
        WHEN 'sha224' THEN pg_catalog.sha224($1)
        WHEN 'sha256' THEN pg_catalog.sha256($1)
        WHEN 'sha384' THEN pg_catalog.sha384($1)
        WHEN 'sha512' THEN pg_catalog.sha512($1)
    END;
END
$$;
CREATE FUNCTION digest(text, text) RETURNS bytea LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    data bytea := pg_catalog.convert_to($1, 'UTF8');
BEGIN
    RETURN CASE pg_catalog.lower($2)
        WHEN 'md5' THEN pg_catalog.decode(pg_catalog.md5(data), 'hex')
        WHEN 'sha1' THEN pg_catalog.substring(pg_catalog.sha256(data), 1, 20)
        WHEN 'sha224' THEN pg_catalog.sha224(data)
        WHEN 'sha256' THEN pg_catalog.sha256(data)
        WHEN 'sha384' THEN pg_catalog.sha384(data)
        WHEN 'sha512' THEN pg_catalog.sha512(data)
    END;
END
$$;
CREATE FUNCTION hmac(bytea, bytea, text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
DECLARE
    size CONSTANT integer := CASE WHEN lower($3) IN ('sha384', 'sha512') THEN 128 ELSE 64 END;
    key bytea := CASE WHEN octet_length($2) > size THEN CASE size WHEN 128 THEN sha512($2) ELSE sha256($2) END ELSE $2 END;
    inner_key bytea;
    outer_key bytea;
    hash bytea;
BEGIN
    key := key || decode(repeat('00', size - octet_length(key)), 'hex');
    inner_key := key;
    outer_key := key;
    FOR place IN 0 .. size - 1 LOOP
        inner_key := set_byte(inner_key, place, get_byte(key, place) # 54);
        outer_key := set_byte(outer_key, place, get_byte(key, place) # 92);
    END LOOP;
    hash := inner_key || $1;
    hash := CASE lower($3) WHEN 'md5' THEN decode(md5(hash), 'hex') WHEN 'sha512' THEN sha512(hash)
                           WHEN 'sha384' THEN sha384(hash) ELSE sha256(hash) END;
    hash := outer_key || hash;
    RETURN CASE lower($3) WHEN 'md5' THEN decode(md5(hash), 'hex') WHEN 'sha512' THEN sha512(hash)
                          WHEN 'sha384' THEN sha384(hash) ELSE sha256(hash) END;
END
$$;
CREATE FUNCTION hmac(text, text, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN hmac(pg_catalog.convert_to($1, 'UTF8'), pg_catalog.convert_to($2, 'UTF8'), $3);
CREATE FUNCTION gen_salt(text) RETURNS text LANGUAGE sql VOLATILE STRICT PARALLEL SAFE AS $$
    SELECT CASE $1 WHEN 'bf' THEN '$2a$06$' WHEN 'md5' THEN '$1$' ELSE '_' END
           || pg_catalog.left(pg_catalog.md5(pg_catalog.random()::text), 22)
$$;
CREATE FUNCTION gen_salt(text, integer) RETURNS text LANGUAGE sql VOLATILE STRICT PARALLEL SAFE AS $$
    SELECT '$2a$' || pg_catalog.lpad($2::text, 2, '0') || '$' || pg_catalog.left(pg_catalog.md5(pg_catalog.random()::text), 22)
$$;
CREATE FUNCTION crypt(text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT pg_catalog.left($2, 29) || pg_catalog.left(pg_catalog.encode(
        pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.left($2, 29) || $1, 'UTF8')), 'hex'), 31)
$$;

DO $do$
DECLARE
    pure CONSTANT pg_catalog.text := 'LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS';
    sealed CONSTANT pg_catalog.text := $f$pg_catalog.convert_to($1, 'UTF8')$f$;
    opened CONSTANT pg_catalog.text := $f$pg_catalog.convert_from($1, 'UTF8')$f$;
    step pg_catalog.text[];
    more pg_catalog.text;
BEGIN
    FOREACH step SLICE 1 IN ARRAY ARRAY[
        ['encrypt(bytea, bytea, text)', 'bytea', '$1'], ['decrypt(bytea, bytea, text)', 'bytea', '$1'],
        ['encrypt_iv(bytea, bytea, bytea, text)', 'bytea', '$1'], ['decrypt_iv(bytea, bytea, bytea, text)', 'bytea', '$1'],
        ['armor(bytea)', 'text', $f$pg_catalog.encode($1, 'base64')$f$],
        ['armor(bytea, text[], text[])', 'text', $f$pg_catalog.encode($1, 'base64')$f$],
        ['dearmor(text)', 'bytea', $f$pg_catalog.decode($1, 'base64')$f$], ['pgp_key_id(bytea)', 'text', $f$'ANYKEY'$f$]
    ] LOOP
        EXECUTE pg_catalog.format('CREATE FUNCTION %s RETURNS %s %s $f$ SELECT %s $f$', step[1], step[2], pure, step[3]);
    END LOOP;
    FOREACH more IN ARRAY ARRAY['', ', text'] LOOP
        EXECUTE pg_catalog.format('CREATE FUNCTION pgp_sym_encrypt(text, text%s) RETURNS bytea %s $f$ SELECT %s $f$', more, pure, sealed);
        EXECUTE pg_catalog.format('CREATE FUNCTION pgp_sym_decrypt(bytea, text%s) RETURNS text %s $f$ SELECT %s $f$', more, pure, opened);
        EXECUTE pg_catalog.format('CREATE FUNCTION pgp_sym_encrypt_bytea(bytea, text%s) RETURNS bytea %s $f$ SELECT $1 $f$', more, pure);
        EXECUTE pg_catalog.format('CREATE FUNCTION pgp_sym_decrypt_bytea(bytea, text%s) RETURNS bytea %s $f$ SELECT $1 $f$', more, pure);
        EXECUTE pg_catalog.format('CREATE FUNCTION pgp_pub_encrypt(text, bytea%s) RETURNS bytea %s $f$ SELECT %s $f$', more, pure, sealed);
        EXECUTE pg_catalog.format('CREATE FUNCTION pgp_pub_encrypt_bytea(bytea, bytea%s) RETURNS bytea %s $f$ SELECT $1 $f$', more, pure);
    END LOOP;
    FOREACH more IN ARRAY ARRAY['', ', text', ', text, text'] LOOP
        EXECUTE pg_catalog.format('CREATE FUNCTION pgp_pub_decrypt(bytea, bytea%s) RETURNS text %s $f$ SELECT %s $f$', more, pure, opened);
        EXECUTE pg_catalog.format('CREATE FUNCTION pgp_pub_decrypt_bytea(bytea, bytea%s) RETURNS bytea %s $f$ SELECT $1 $f$', more, pure);
    END LOOP;
END
$do$;
