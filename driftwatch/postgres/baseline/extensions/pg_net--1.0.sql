-- Stand-in for pg_net: requests are queued and never sent.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'net') THEN
        CREATE SCHEMA net;
    END IF;
END
$$;

CREATE DOMAIN net.http_method AS text
    CHECK (VALUE IS NULL OR pg_catalog.upper(VALUE) IN ('GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'HEAD'));
CREATE TYPE net.request_status AS ENUM ('PENDING', 'SUCCESS', 'ERROR');
CREATE TYPE net.http_response AS (status_code integer, headers jsonb, body text);
CREATE TYPE net.http_response_result AS (status net.request_status, message text, response net.http_response);

CREATE UNLOGGED TABLE net.http_request_queue (
    id bigserial,
    method net.http_method NOT NULL,
    url text NOT NULL,
    headers jsonb NOT NULL,
    body bytea,
    timeout_milliseconds integer NOT NULL
);
CREATE UNLOGGED TABLE net._http_response (
    id bigint,
    status_code integer,
    content_type text,
    headers jsonb,
    content text,
    timed_out boolean,
    error_msg text,
    created timestamptz NOT NULL DEFAULT pg_catalog.now()
);
CREATE INDEX _http_response_created_idx ON net._http_response (created);

CREATE FUNCTION net._urlencode_string(string varchar) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT pg_catalog.string_agg(
        CASE WHEN one ~ '[A-Za-z0-9_.~-]' THEN one
             ELSE pg_catalog.regexp_replace(
                 pg_catalog.upper(pg_catalog.encode(pg_catalog.convert_to(one, 'UTF8'), 'hex')), '(..)', '%\1', 'g')
        END, '')
    FROM pg_catalog.regexp_split_to_table(string, '') AS one
$$;
CREATE FUNCTION net._encode_url_with_params_array(url text, params_array text[]) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT url || CASE WHEN pg_catalog.cardinality(params_array) > 0 THEN '?' ELSE '' END
               || pg_catalog.array_to_string(params_array, '&')
$$;
CREATE FUNCTION net.http_get(
    url text, params jsonb DEFAULT '{}', headers jsonb DEFAULT '{}', timeout_milliseconds integer DEFAULT 5000
) RETURNS bigint LANGUAGE sql AS $$
    INSERT INTO net.http_request_queue (method, url, headers, timeout_milliseconds)
    VALUES ('GET', url, headers, timeout_milliseconds) RETURNING id
$$;
CREATE FUNCTION net.http_delete(
    url text, params jsonb DEFAULT '{}', headers jsonb DEFAULT '{}', timeout_milliseconds integer DEFAULT 5000,
    body jsonb DEFAULT NULL
) RETURNS bigint LANGUAGE sql AS $$
    INSERT INTO net.http_request_queue (method, url, headers, body, timeout_milliseconds)
    VALUES ('DELETE', url, headers, pg_catalog.convert_to(body::text, 'UTF8'), timeout_milliseconds) RETURNING id
$$;
CREATE FUNCTION net.http_post(
    url text, body jsonb DEFAULT '{}', params jsonb DEFAULT '{}',
    headers jsonb DEFAULT '{"Content-Type": "application/json"}', timeout_milliseconds integer DEFAULT 5000
) RETURNS bigint LANGUAGE sql AS $$
    INSERT INTO net.http_request_queue (method, url, headers, body, timeout_milliseconds)
    VALUES ('POST', url, headers, pg_catalog.convert_to(body::text, 'UTF8'), timeout_milliseconds) RETURNING id
$$;
CREATE FUNCTION net._http_collect_response(request_id bigint, async boolean DEFAULT true)
RETURNS net.http_response_result LANGUAGE sql AS $$
    SELECT ROW('PENDING', 'request is pending processing', NULL)::net.http_response_result
$$;
CREATE FUNCTION net.http_collect_response(request_id bigint, async boolean DEFAULT true)
RETURNS net.http_response_result LANGUAGE sql AS $$ SELECT net._http_collect_response(request_id, async) $$;
CREATE FUNCTION net.worker_restart() RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;
CREATE FUNCTION net.check_worker_is_up() RETURNS void LANGUAGE sql AS $$ SELECT $$;
CREATE FUNCTION net.wait_until_running() RETURNS void LANGUAGE sql AS $$ SELECT $$;
CREATE FUNCTION net.wake() RETURNS void LANGUAGE sql AS $$ SELECT $$;

-- No TRIGGER right: nobody else's code may run when these tables are written.
GRANT USAGE ON SCHEMA net TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA net TO PUBLIC;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA net TO PUBLIC;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'postgres') THEN
        GRANT USAGE ON SCHEMA net TO postgres WITH GRANT OPTION;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA net TO postgres WITH GRANT OPTION;
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA net TO postgres WITH GRANT OPTION;
    END IF;
END
$$;
