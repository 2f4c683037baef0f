-- Stand-in for uuid-ossp: all functions give real UUIDs of their version.

CREATE FUNCTION uuid_nil() RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT '00000000-0000-0000-0000-000000000000'::pg_catalog.uuid $$;
CREATE FUNCTION uuid_ns_dns() RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT '6ba7b810-9dad-11d1-80b4-00c04fd430c8'::pg_catalog.uuid $$;
CREATE FUNCTION uuid_ns_url() RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT '6ba7b811-9dad-11d1-80b4-00c04fd430c8'::pg_catalog.uuid $$;
CREATE FUNCTION uuid_ns_oid() RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT '6ba7b812-9dad-11d1-80b4-00c04fd430c8'::pg_catalog.uuid $$;
CREATE FUNCTION uuid_ns_x500() RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT '6ba7b814-9dad-11d1-80b4-00c04fd430c8'::pg_catalog.uuid $$;

CREATE FUNCTION uuid_generate_v4() RETURNS uuid
LANGUAGE internal VOLATILE STRICT PARALLEL SAFE AS 'gen_random_uuid';

CREATE FUNCTION uuid_generate_v3(namespace uuid, name text) RETURNS uuid
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
DECLARE
    hash bytea := decode(md5(decode(replace(namespace::text, '-', ''), 'hex') || convert_to(name, 'UTF8')), 'hex');
BEGIN
    hash := set_byte(set_byte(hash, 6, (get_byte(hash, 6) & 15) | 48), 8, (get_byte(hash, 8) & 63) | 128);
    RETURN encode(hash, 'hex')::uuid;
END
$$;

-- Version 5 is made of SHA-1, which Postgres has no function for: FIPS 180-4, on bigint words.
CREATE FUNCTION uuid_generate_v5(namespace uuid, name text) RETURNS uuid
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
DECLARE
    full_word CONSTANT bigint := 4294967295;
    message bytea := decode(replace(namespace::text, '-', ''), 'hex') || convert_to(name, 'UTF8');
    bits CONSTANT bigint := octet_length(message) * 8;
    h bigint[] := ARRAY[1732584193, 4023233417, 2562383102, 271733878, 3285377520];
    w bigint[];
    a bigint; b bigint; c bigint; d bigint; e bigint; f bigint; k bigint; x bigint;
    hash bytea;
BEGIN
    message := message || '\x80'::bytea;
    WHILE octet_length(message) % 64 <> 56 LOOP
        message := message || '\x00'::bytea;
    END LOOP;
    message := message || int8send(bits);
    FOR block IN 0 .. octet_length(message) / 64 - 1 LOOP
        FOR t IN 0 .. 79 LOOP
            IF t < 16 THEN
                x := (get_byte(message, block * 64 + t * 4)::bigint << 24)
                   | (get_byte(message, block * 64 + t * 4 + 1)::bigint << 16)
                   | (get_byte(message, block * 64 + t * 4 + 2)::bigint << 8)
                   | get_byte(message, block * 64 + t * 4 + 3)::bigint;
            ELSE
                x := w[t - 3] # w[t - 8] # w[t - 14] # w[t - 16];
                x := ((x << 1) | (x >> 31)) & full_word;
            END IF;
            w[t] := x;
        END LOOP;
        a := h[1]; b := h[2]; c := h[3]; d := h[4]; e := h[5];
        FOR t IN 0 .. 79 LOOP
            IF t < 20 THEN
                f := (b & c) | (~b & full_word & d); k := 1518500249;
            ELSIF t < 40 THEN
                f := b # c # d; k := 1859775393;
            ELSIF t < 60 THEN
                f := (b & c) | (b & d) | (c & d); k := 2400959708;
            ELSE
                f := b # c # d; k := 3395469782;
            END IF;
            x := ((((a << 5) | (a >> 27)) & full_word) + f + e + k + w[t]) & full_word;
            e := d; d := c; c := ((b << 30) | (b >> 2)) & full_word; b := a; a := x;
        END LOOP;
        h := ARRAY[(h[1] + a) & full_word, (h[2] + b) & full_word, (h[3] + c) & full_word,
                   (h[4] + d) & full_word, (h[5] + e) & full_word];
    END LOOP;
    hash := substring(int8send((h[1] << 32) | h[2]) || int8send((h[3] << 32) | h[4]) FROM 1 FOR 16);
    hash := set_byte(set_byte(hash, 6, (get_byte(hash, 6) & 15) | 80), 8, (get_byte(hash, 8) & 63) | 128);
    RETURN encode(hash, 'hex')::uuid;
END
$$;

-- 100-nanosecond steps since 15 October 1582, a random clock sequence and a random (multicast) node.
CREATE FUNCTION uuid_generate_v1mc() RETURNS uuid
LANGUAGE plpgsql VOLATILE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
DECLARE
    steps bigint := (extract(epoch FROM clock_timestamp()) * 10000000)::bigint + 122192928000000000;
    tail text := replace(gen_random_uuid()::text, '-', '');
    time text := lpad(to_hex(steps), 15, '0');
BEGIN
    RETURN (substr(time, 8, 8) || substr(time, 4, 4) || '1' || substr(time, 1, 3)
            || substr(tail, 17, 4) || lpad(to_hex(get_byte(decode(substr(tail, 21, 2), 'hex'), 0) | 1), 2, '0')
            || substr(tail, 23, 10))::uuid;
END
$$;
CREATE FUNCTION uuid_generate_v1() RETURNS uuid
LANGUAGE plpgsql VOLATILE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
DECLARE
    steps bigint := (extract(epoch FROM clock_timestamp()) * 10000000)::bigint + 122192928000000000;
    tail text := replace(gen_random_uuid()::text, '-', '');
    time text := lpad(to_hex(steps), 15, '0');
BEGIN
    RETURN (substr(time, 8, 8) || substr(time, 4, 4) || '1' || substr(time, 1, 3) || substr(tail, 17, 16))::uuid;
END
$$;
