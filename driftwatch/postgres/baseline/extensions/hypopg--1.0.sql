-- Stand-in for hypopg: there are never any hypothetical indexes.
CREATE FUNCTION hypopg_reset() RETURNS void LANGUAGE sql AS $$ SELECT $$;
CREATE FUNCTION hypopg_reset_index() RETURNS void LANGUAGE sql AS $$ SELECT $$;
CREATE FUNCTION hypopg_create_index(sql_order text, OUT indexrelid oid, OUT indexname text) RETURNS SETOF record
LANGUAGE sql AS $$ SELECT NULL::pg_catalog.oid, NULL::pg_catalog.text WHERE false $$;
CREATE FUNCTION hypopg_drop_index(indexid oid) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$;
CREATE FUNCTION hypopg_relation_size(indexid oid) RETURNS bigint LANGUAGE sql AS $$ SELECT 0::pg_catalog.int8 $$;
CREATE FUNCTION hypopg_get_indexdef(indexid oid) RETURNS text LANGUAGE sql AS $$ SELECT NULL::pg_catalog.text $$;
CREATE FUNCTION hypopg_hide_index(indexid oid) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$;
CREATE FUNCTION hypopg_unhide_index(indexid oid) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$;
CREATE FUNCTION hypopg_unhide_all_indexes() RETURNS void LANGUAGE sql AS $$ SELECT $$;
CREATE VIEW hypopg_list_indexes AS
SELECT NULL::oid AS indexrelid, NULL::text AS index_name, NULL::name AS schema_name, NULL::name AS table_name,
       NULL::name AS am_name WHERE false;
