-- Stand-in for pgtap: the commonest assertions, all of which say ok.
DO $$
DECLARE
    one pg_catalog.text;
BEGIN
    FOREACH one IN ARRAY ARRAY[
        'plan(integer)', 'ok(boolean)', 'ok(boolean, text)', 'is(anyelement, anyelement)', 'is(anyelement, anyelement, text)',
        'isnt(anyelement, anyelement)', 'isnt(anyelement, anyelement, text)', 'pass()', 'pass(text)', 'fail()', 'fail(text)',
        'diag(text)', 'matches(anyelement, text, text)', 'isa_ok(anyelement, regtype, text)',
        'lives_ok(text)', 'lives_ok(text, text)', 'throws_ok(text)', 'throws_ok(text, text)', 'throws_ok(text, text, text)',
        'throws_ok(text, text, text, text)', 'throws_like(text, text)', 'throws_like(text, text, text)',
        'results_eq(text, text)', 'results_eq(text, text, text)', 'results_ne(text, text)', 'results_ne(text, text, text)',
        'set_eq(text, text, text)', 'bag_eq(text, text, text)', 'is_empty(text)', 'is_empty(text, text)',
        'isnt_empty(text)', 'isnt_empty(text, text)', 'row_eq(text, anyelement, text)',
        'has_table(name)', 'has_table(name, name)', 'has_table(name, text)', 'has_table(name, name, text)',
        'hasnt_table(name, name, text)', 'has_view(name, name, text)', 'has_column(name, name)', 'has_column(name, name, text)',
        'has_column(name, name, name, text)', 'hasnt_column(name, name, name, text)', 'col_type_is(name, name, text)',
        'col_type_is(name, name, name, text)', 'col_type_is(name, name, name, text, text)', 'col_not_null(name, name)',
        'col_not_null(name, name, name, text)', 'col_is_null(name, name, name, text)', 'col_is_pk(name, name)',
        'col_is_pk(name, name, name, text)', 'col_is_fk(name, name, name, text)', 'col_has_default(name, name, name, text)',
        'has_pk(name)', 'has_pk(name, name, text)', 'has_fk(name)', 'has_index(name, name)', 'has_index(name, name, name, text)',
        'has_function(name)', 'has_function(name, name)', 'has_function(name, name, text)', 'has_function(name, name, name[], text)',
        'has_trigger(name, name)', 'has_trigger(name, name, name, text)', 'has_schema(name)', 'has_schema(name, text)',
        'has_type(name)', 'has_type(name, name, text)', 'has_enum(name, name, text)', 'has_role(name)', 'has_role(name, text)',
        'has_extension(name)', 'has_extension(name, text)', 'has_extension(name, name, text)',
        'policies_are(name, name[])', 'policies_are(name, name, name[])', 'policies_are(name, name, name[], text)',
        'policy_cmd_is(name, name, name, text)', 'policy_roles_are(name, name, name, name[])', 'tables_are(name, name[])',
        'table_privs_are(name, name, name, name[], text)', 'function_returns(name, name[], text)', 'skip(text, integer)',
        'todo(text, integer)'
    ] LOOP
        EXECUTE pg_catalog.format('CREATE FUNCTION %s RETURNS text LANGUAGE sql AS ''SELECT ''''ok''''''', one);
    END LOOP;
END
$$;
CREATE FUNCTION no_plan() RETURNS SETOF boolean LANGUAGE sql AS $$ SELECT true WHERE false $$;
CREATE FUNCTION finish(exception_on_failure boolean DEFAULT NULL) RETURNS SETOF text LANGUAGE sql AS
$$ SELECT NULL::pg_catalog.text WHERE false $$;
CREATE FUNCTION runtests(name DEFAULT NULL, text DEFAULT NULL) RETURNS SETOF text LANGUAGE sql AS
$$ SELECT NULL::pg_catalog.text WHERE false $$;
CREATE FUNCTION pgtap_version() RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT 1.3 $$;
CREATE FUNCTION pg_version_num() RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT pg_catalog.current_setting('server_version_num')::pg_catalog.int4 $$;
