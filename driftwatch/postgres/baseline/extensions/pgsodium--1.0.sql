-- Stand-in for pgsodium: keys are rows, random bytes are random, and "encrypted" text is only marked as such.

CREATE TYPE pgsodium.key_status AS ENUM ('default', 'valid', 'invalid', 'expired');
CREATE TYPE pgsodium.key_type AS ENUM (
    'aead-ietf', 'aead-det', 'hmacsha512', 'hmacsha256', 'auth', 'shorthash', 'generichash', 'kdf', 'secretbox',
    'secretstream', 'stream_xchacha20'
);
CREATE TYPE pgsodium.crypto_sign_keypair AS (public bytea, secret bytea);
CREATE TYPE pgsodium.crypto_box_keypair AS (public bytea, secret bytea);

CREATE SEQUENCE pgsodium.key_key_id_seq;
CREATE TABLE pgsodium.key (
    id uuid CONSTRAINT key_pkey PRIMARY KEY DEFAULT pg_catalog.gen_random_uuid(),
    status pgsodium.key_status DEFAULT 'valid',
    created timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
    expires timestamptz,
    key_type pgsodium.key_type,
    key_id bigint DEFAULT pg_catalog.nextval('pgsodium.key_key_id_seq'),
    key_context bytea DEFAULT '\x7067736f6469756d',
    name text CONSTRAINT pgsodium_key_unique_name UNIQUE,
    associated_data text DEFAULT 'associated',
    raw_key bytea,
    raw_key_nonce bytea,
    parent_key uuid CONSTRAINT key_parent_key_fkey REFERENCES pgsodium.key,
    comment text,
    user_data text
);
CREATE VIEW pgsodium.valid_key AS
SELECT id, name, status, key_type, key_id, key_context, created, expires, associated_data
FROM pgsodium.key WHERE status IN ('valid', 'default') AND (expires IS NULL OR expires > pg_catalog.now());
CREATE VIEW pgsodium.decrypted_key AS SELECT *, raw_key AS decrypted_raw_key FROM pgsodium.key;
CREATE VIEW pgsodium.masking_rule AS SELECT NULL::oid AS attrelid, NULL::integer AS attnum WHERE false;
CREATE VIEW pgsodium.mask_columns AS SELECT NULL::oid AS attrelid, NULL::name AS attname WHERE false;

CREATE FUNCTION pgsodium.randombytes_buf(size integer) RETURNS bytea LANGUAGE sql AS $$
    SELECT pg_catalog.substring(pg_catalog.decode(pg_catalog.string_agg(
               pg_catalog.replace(pg_catalog.gen_random_uuid()::text, '-', ''), ''), 'hex'), 1, size)
    FROM pg_catalog.generate_series(0, size / 16)
$$;
CREATE FUNCTION pgsodium.randombytes_random() RETURNS integer LANGUAGE sql AS
$$ SELECT (pg_catalog.random() * 2147483647)::integer $$;
CREATE FUNCTION pgsodium.randombytes_uniform(upper_bound integer) RETURNS integer LANGUAGE sql AS
$$ SELECT pg_catalog.floor(pg_catalog.random() * upper_bound)::integer $$;
CREATE FUNCTION pgsodium.crypto_secretbox_keygen() RETURNS bytea LANGUAGE sql AS $$ SELECT pgsodium.randombytes_buf(32) $$;
CREATE FUNCTION pgsodium.crypto_secretbox_noncegen() RETURNS bytea LANGUAGE sql AS $$ SELECT pgsodium.randombytes_buf(24) $$;
CREATE FUNCTION pgsodium.crypto_aead_det_keygen() RETURNS bytea LANGUAGE sql AS $$ SELECT pgsodium.randombytes_buf(64) $$;
CREATE FUNCTION pgsodium.crypto_aead_det_noncegen() RETURNS bytea LANGUAGE sql AS $$ SELECT pgsodium.randombytes_buf(16) $$;
CREATE FUNCTION pgsodium.crypto_aead_ietf_keygen() RETURNS bytea LANGUAGE sql AS $$ SELECT pgsodium.randombytes_buf(32) $$;
CREATE FUNCTION pgsodium.crypto_aead_ietf_noncegen() RETURNS bytea LANGUAGE sql AS $$ SELECT pgsodium.randombytes_buf(12) $$;
CREATE FUNCTION pgsodium.crypto_auth_keygen() RETURNS bytea LANGUAGE sql AS $$ SELECT pgsodium.randombytes_buf(32) $$;
CREATE FUNCTION pgsodium.crypto_kdf_keygen() RETURNS bytea LANGUAGE sql AS $$ SELECT pgsodium.randombytes_buf(32) $$;
CREATE FUNCTION pgsodium.crypto_generichash(message bytea, key bytea DEFAULT NULL) RETURNS bytea LANGUAGE sql IMMUTABLE AS
$$ SELECT pg_catalog.sha256(message || coalesce(key, '')) $$;
CREATE FUNCTION pgsodium.crypto_hash_sha256(message bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS
$$ SELECT pg_catalog.sha256(message) $$;
CREATE FUNCTION pgsodium.crypto_hash_sha512(message bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS
$$ SELECT pg_catalog.sha512(message) $$;
CREATE FUNCTION pgsodium.crypto_pwhash_str(password bytea) RETURNS bytea LANGUAGE sql AS
$$ SELECT pg_catalog.sha256(password) $$;
CREATE FUNCTION pgsodium.derive_key(
    key_id bigint, key_len integer DEFAULT 32, context bytea DEFAULT '\x7067736f6469756d'
) RETURNS bytea LANGUAGE sql AS $$ SELECT pg_catalog.sha256(context || pg_catalog.int8send(key_id)) $$;
CREATE FUNCTION pgsodium.create_key(
    key_type pgsodium.key_type DEFAULT 'aead-det', name text DEFAULT NULL, raw_key bytea DEFAULT NULL,
    raw_key_nonce bytea DEFAULT NULL, parent_key uuid DEFAULT NULL, key_context bytea DEFAULT '\x7067736f6469756d',
    expires timestamptz DEFAULT NULL, associated_data text DEFAULT ''
) RETURNS pgsodium.valid_key LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    new_id uuid;
    made pgsodium.valid_key;
BEGIN
    INSERT INTO pgsodium.key (key_type, name, raw_key, raw_key_nonce, key_context, expires, associated_data)
    VALUES (key_type, name, raw_key, raw_key_nonce, key_context, expires, associated_data) RETURNING id INTO new_id;
    SELECT * INTO made FROM pgsodium.valid_key AS k WHERE k.id = new_id;
    RETURN made;
END
$$;
CREATE FUNCTION pgsodium.get_key_by_id(uuid) RETURNS pgsodium.valid_key LANGUAGE sql AS
$$ SELECT k FROM pgsodium.valid_key AS k WHERE k.id = $1 $$;
CREATE FUNCTION pgsodium.get_key_by_name(text) RETURNS pgsodium.valid_key LANGUAGE sql AS
$$ SELECT k FROM pgsodium.valid_key AS k WHERE k.name = $1 $$;

-- Each cipher with a key as bytes, as an id (uuid), as an id with context (bigint), with and without a nonce.
DO $$
DECLARE
    cipher pg_catalog.text;
    direction pg_catalog.text;
    arguments pg_catalog.text;
BEGIN
    FOREACH cipher IN ARRAY ARRAY['crypto_aead_det', 'crypto_aead_ietf'] LOOP
        FOREACH direction IN ARRAY ARRAY['encrypt', 'decrypt'] LOOP
            FOREACH arguments IN ARRAY ARRAY[
                'key bytea, nonce bytea DEFAULT NULL', 'key_uuid uuid', 'key_uuid uuid, nonce bytea',
                'key_id bigint, context bytea DEFAULT ''\x7067736f6469756d'', nonce bytea DEFAULT NULL'
            ] LOOP
                EXECUTE pg_catalog.format(
                    'CREATE FUNCTION pgsodium.%s_%s(message bytea, additional bytea, %s) RETURNS bytea
                     LANGUAGE sql IMMUTABLE AS ''SELECT message''', cipher, direction, arguments);
            END LOOP;
        END LOOP;
    END LOOP;
END
$$;
CREATE FUNCTION pgsodium.crypto_secretbox(message bytea, nonce bytea, key bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS
$$ SELECT message $$;
CREATE FUNCTION pgsodium.crypto_secretbox_open(ciphertext bytea, nonce bytea, key bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$ SELECT ciphertext $$;
CREATE FUNCTION pgsodium.crypto_auth_hmacsha256(message bytea, secret bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS
$$ SELECT pg_catalog.sha256(secret || message) $$;
CREATE FUNCTION pgsodium.crypto_auth_hmacsha512(message bytea, secret bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS
$$ SELECT pg_catalog.sha512(secret || message) $$;
CREATE FUNCTION pgsodium.crypto_sign_new_keypair() RETURNS pgsodium.crypto_sign_keypair LANGUAGE sql AS
$$ SELECT pgsodium.randombytes_buf(32), pgsodium.randombytes_buf(64) $$;
CREATE FUNCTION pgsodium.crypto_box_new_keypair() RETURNS pgsodium.crypto_box_keypair LANGUAGE sql AS
$$ SELECT pgsodium.randombytes_buf(32), pgsodium.randombytes_buf(32) $$;

-- Its roles are the whole cluster's, so another database may have made them already.
DO $$
DECLARE
    one pg_catalog.text;
BEGIN
    FOREACH one IN ARRAY ARRAY['pgsodium_keyiduser', 'pgsodium_keyholder', 'pgsodium_keymaker'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = one) THEN
            EXECUTE pg_catalog.format('CREATE ROLE %I', one);
        END IF;
    END LOOP;
    GRANT USAGE ON SCHEMA pgsodium TO pgsodium_keyiduser, pgsodium_keyholder, pgsodium_keymaker;
    IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'postgres') THEN
        GRANT pgsodium_keyiduser, pgsodium_keyholder, pgsodium_keymaker TO postgres WITH ADMIN OPTION;
        GRANT SELECT, INSERT, UPDATE, DELETE, REFERENCES ON ALL TABLES IN SCHEMA pgsodium TO postgres WITH GRANT OPTION;
        GRANT ALL ON ALL SEQUENCES IN SCHEMA pgsodium TO postgres WITH GRANT OPTION;
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgsodium TO postgres WITH GRANT OPTION;
    END IF;
    IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'service_role') THEN
        GRANT pgsodium_keyiduser, pgsodium_keyholder TO service_role;
    END IF;
END
$$;
