-- Stand-in for pg_graphql: answers that it can't.

CREATE FUNCTION graphql.resolve(
    query text, variables jsonb DEFAULT '{}', "operationName" text DEFAULT NULL, extensions jsonb DEFAULT NULL
) RETURNS jsonb LANGUAGE sql AS $$
    SELECT '{"errors": [{"message": "GraphQL is not resolved in a throw-away database."}]}'::pg_catalog.jsonb
$$;
CREATE FUNCTION graphql._internal_resolve(
    query text, variables jsonb DEFAULT '{}', "operationName" text DEFAULT NULL, extensions jsonb DEFAULT NULL
) RETURNS jsonb LANGUAGE sql AS $$ SELECT graphql.resolve(query, variables, "operationName", extensions) $$;
CREATE FUNCTION graphql.comment_directive(comment_ text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce((pg_catalog.regexp_match(comment_, '@graphql\((.+)\)'))[1]::pg_catalog.jsonb, '{}')
$$;
CREATE FUNCTION graphql.exception(message text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = '22000', MESSAGE = message;
END
$$;
CREATE SEQUENCE graphql.seq_schema_version AS integer CYCLE;
CREATE FUNCTION graphql.get_schema_version() RETURNS integer LANGUAGE sql AS $$
    SELECT last_value::integer FROM graphql.seq_schema_version
$$;
CREATE FUNCTION graphql.increment_schema_version() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.nextval('graphql.seq_schema_version');
END
$$;

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'graphql_public') THEN
        DROP FUNCTION IF EXISTS graphql_public.graphql(text, text, jsonb, jsonb);
        CREATE FUNCTION graphql_public.graphql(
            "operationName" text DEFAULT NULL, query text DEFAULT NULL, variables jsonb DEFAULT NULL,
            extensions jsonb DEFAULT NULL
        ) RETURNS jsonb LANGUAGE sql AS
        'SELECT graphql.resolve(query, coalesce(variables, ''{}''), "operationName", extensions)';
    END IF;
    IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'service_role') THEN
        GRANT USAGE ON SCHEMA graphql TO postgres WITH GRANT OPTION;
        GRANT USAGE ON SCHEMA graphql TO anon, authenticated, service_role;
    END IF;
END
$$;
