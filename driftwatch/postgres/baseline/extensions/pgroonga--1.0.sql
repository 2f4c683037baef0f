-- Stand-in for pgroonga: the access method is BRIN by another name, and a query is looked for as plain text.
CREATE ACCESS METHOD pgroonga TYPE INDEX HANDLER pg_catalog.brinhandler;
CREATE FUNCTION pgroonga_score("row" record) RETURNS double precision LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN 0; END $$;
CREATE FUNCTION pgroonga_score(tableoid oid, ctid tid) RETURNS double precision LANGUAGE sql STABLE AS
$$ SELECT 0::pg_catalog.float8 $$;
CREATE FUNCTION pgroonga_match_text(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT pg_catalog.strpos(pg_catalog.lower($1), pg_catalog.lower($2)) > 0 $$;
CREATE FUNCTION pgroonga_match_varchar(varchar, varchar) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT pg_catalog.strpos(pg_catalog.lower($1), pg_catalog.lower($2)) > 0 $$;
CREATE FUNCTION pgroonga_match_text_array(text[], text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT pg_catalog.strpos(pg_catalog.lower(pg_catalog.array_to_string($1, ' ')), pg_catalog.lower($2)) > 0 $$;
CREATE FUNCTION pgroonga_match_jsonb(jsonb, text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT pg_catalog.strpos($1::pg_catalog.text, $2) > 0 $$;
CREATE FUNCTION pgroonga_snippet_html(target text, keywords text[], width integer DEFAULT 200) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT ARRAY[$1] $$;
CREATE FUNCTION pgroonga_highlight_html(target text, keywords text[]) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT $1 $$;
CREATE FUNCTION pgroonga_query_extract_keywords(query text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT ARRAY[$1] $$;
CREATE FUNCTION pgroonga_escape(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT $1 $$;
CREATE FUNCTION pgroonga_normalize(target text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT pg_catalog.lower($1) $$;
CREATE FUNCTION pgroonga_tokenize(target text, VARIADIC options text[]) RETURNS json[] LANGUAGE sql IMMUTABLE AS
$$ SELECT '{}'::pg_catalog.json[] $$;
CREATE FUNCTION pgroonga_command(groongacommand text) RETURNS text LANGUAGE sql AS $$ SELECT '[]' $$;
DO $$
DECLARE
    one pg_catalog.text[];
    name pg_catalog.text;
BEGIN
    FOREACH one SLICE 1 IN ARRAY ARRAY[['text', 'text', 'text'], ['varchar', 'varchar', 'varchar'],
                                       ['text[]', 'text', 'text_array'], ['jsonb', 'text', 'jsonb']] LOOP
        FOREACH name IN ARRAY ARRAY['&@', '&@~', '&@*', '&`', '&^', '&^~'] LOOP
            EXECUTE pg_catalog.format('CREATE OPERATOR %s (FUNCTION = pgroonga_match_%s, LEFTARG = %s, RIGHTARG = %s)',
                                      name, one[3], one[1], one[2]);
        END LOOP;
    END LOOP;
    FOREACH one SLICE 1 IN ARRAY ARRAY[  -- varchar has no operators of its own
        ['pgroonga_text_full_text_search_ops_v2 DEFAULT', 'text'], ['pgroonga_text_term_search_ops_v2', 'text'],
        ['pgroonga_text_regexp_ops_v2', 'text'], ['pgroonga_text_full_text_search_ops', 'text'],
        ['pgroonga_varchar_full_text_search_ops_v2', 'text'], ['pgroonga_varchar_term_search_ops_v2', 'text'],
        ['pgroonga_text_array_full_text_search_ops_v2 DEFAULT', 'text[]'],
        ['pgroonga_text_array_term_search_ops_v2', 'text[]'],
        ['pgroonga_jsonb_ops_v2 DEFAULT', 'jsonb'], ['pgroonga_jsonb_full_text_search_ops_v2', 'jsonb'],
        ['pgroonga_int4_ops DEFAULT', 'integer'], ['pgroonga_int8_ops DEFAULT', 'bigint'],
        ['pgroonga_timestamptz_ops DEFAULT', 'timestamptz']
    ] LOOP
        EXECUTE pg_catalog.format(
            'CREATE OPERATOR CLASS %1$s FOR TYPE %2$s USING pgroonga AS
             OPERATOR 1 pg_catalog.< (%3$s, %3$s), OPERATOR 2 pg_catalog.<= (%3$s, %3$s), OPERATOR 3 pg_catalog.= (%3$s, %3$s),
             OPERATOR 4 pg_catalog.>= (%3$s, %3$s), OPERATOR 5 pg_catalog.> (%3$s, %3$s), FUNCTION 1 pg_catalog.brin_minmax_opcinfo(internal),
             FUNCTION 2 pg_catalog.brin_minmax_add_value(internal, internal, internal, internal),
             FUNCTION 3 pg_catalog.brin_minmax_consistent(internal, internal, internal),
             FUNCTION 4 pg_catalog.brin_minmax_union(internal, internal, internal)', one[1], one[2],
            CASE one[2] WHEN 'text[]' THEN 'anyarray' ELSE one[2] END);
    END LOOP;
END
$$;
