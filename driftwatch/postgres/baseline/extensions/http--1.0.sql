-- Stand-in for http: no request is ever sent; every answer is status 0 with an empty JSON list.

CREATE DOMAIN http_method AS text;
CREATE DOMAIN content_type AS text CHECK (VALUE ~ '^\S+\/\S+');
CREATE TYPE http_header AS (field varchar, value varchar);
CREATE TYPE http_response AS (status integer, content_type varchar, headers http_header[], content varchar);
CREATE TYPE http_request AS (
    method http_method, uri varchar, headers http_header[], content_type varchar, content varchar
);

-- Bodies that are parsed now, so that the extension may be moved to another schema.
CREATE FUNCTION http(request http_request) RETURNS http_response LANGUAGE sql
RETURN ROW(0, 'application/json', NULL, '[]')::http_response;
CREATE FUNCTION http_get(uri varchar) RETURNS http_response LANGUAGE sql
RETURN ROW(0, 'application/json', NULL, '[]')::http_response;
CREATE FUNCTION http_get(uri varchar, data jsonb) RETURNS http_response LANGUAGE sql
RETURN ROW(0, 'application/json', NULL, '[]')::http_response;
CREATE FUNCTION http_post(uri varchar, content varchar, content_type varchar) RETURNS http_response LANGUAGE sql
RETURN ROW(0, 'application/json', NULL, '[]')::http_response;
CREATE FUNCTION http_post(uri varchar, data jsonb) RETURNS http_response LANGUAGE sql
RETURN ROW(0, 'application/json', NULL, '[]')::http_response;
CREATE FUNCTION http_put(uri varchar, content varchar, content_type varchar) RETURNS http_response LANGUAGE sql
RETURN ROW(0, 'application/json', NULL, '[]')::http_response;
CREATE FUNCTION http_patch(uri varchar, content varchar, content_type varchar) RETURNS http_response LANGUAGE sql
RETURN ROW(0, 'application/json', NULL, '[]')::http_response;
CREATE FUNCTION http_delete(uri varchar) RETURNS http_response LANGUAGE sql
RETURN ROW(0, 'application/json', NULL, '[]')::http_response;
CREATE FUNCTION http_delete(uri varchar, content varchar, content_type varchar) RETURNS http_response LANGUAGE sql
RETURN ROW(0, 'application/json', NULL, '[]')::http_response;
CREATE FUNCTION http_head(uri varchar) RETURNS http_response LANGUAGE sql
RETURN ROW(0, 'application/json', NULL, '[]')::http_response;
CREATE FUNCTION http_header(field varchar, value varchar) RETURNS http_header LANGUAGE sql AS $$ SELECT $1, $2 $$;
CREATE FUNCTION http_set_curlopt(curlopt varchar, value varchar) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;
CREATE FUNCTION http_reset_curlopt() RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;
CREATE FUNCTION http_list_curlopt() RETURNS TABLE (curlopt text, value text) LANGUAGE sql AS
$$ SELECT NULL::pg_catalog.text, NULL::pg_catalog.text WHERE false $$;
CREATE FUNCTION urlencode(string bytea) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT pg_catalog.string_agg(
        CASE WHEN code BETWEEN 48 AND 57 OR code BETWEEN 65 AND 90 OR code BETWEEN 97 AND 122
                  OR code IN (45, 46, 95, 126) THEN pg_catalog.chr(code)
             ELSE '%' || pg_catalog.upper(pg_catalog.lpad(pg_catalog.to_hex(code), 2, '0')) END,
        '' ORDER BY place)
    FROM (SELECT place, pg_catalog.get_byte($1, place) AS code
          FROM pg_catalog.generate_series(0, pg_catalog.octet_length($1) - 1) AS place) AS bytes
$$;
CREATE FUNCTION urlencode(string varchar) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
    result text := '';
    code integer;
BEGIN
    FOR place IN 0 .. pg_catalog.octet_length(pg_catalog.convert_to(string, 'UTF8')) - 1 LOOP
        code := pg_catalog.get_byte(pg_catalog.convert_to(string, 'UTF8'), place);
        result := result || CASE WHEN pg_catalog.chr(code) ~ '[A-Za-z0-9_.~-]' AND code < 128 THEN pg_catalog.chr(code)
                                 ELSE '%' || pg_catalog.upper(pg_catalog.lpad(pg_catalog.to_hex(code), 2, '0')) END;
    END LOOP;
    RETURN result;
END
$$;
CREATE FUNCTION urlencode(data jsonb) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT pg_catalog.string_agg(one.key || '=' || one.value, '&') FROM pg_catalog.jsonb_each_text(data) AS one
$$;
CREATE FUNCTION bytea_to_text(data bytea) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT pg_catalog.convert_from(data, 'UTF8') $$;
CREATE FUNCTION text_to_bytea(data text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT pg_catalog.convert_to(data, 'UTF8') $$;
