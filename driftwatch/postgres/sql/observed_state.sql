-- How the relations of $1 are, each as one text (JSON): name, file, size, indexes by their files, columns by their
-- numbers. Of an index also the number of the column whose values it lets in only once, else 0; of a column also
-- whether it lets no NULL in. The oids are hidden in a sub-select, so that one plan does for any number of them.
SELECT c.oid::bigint,
       pg_catalog.json_build_array(
           c.relname,
           c.relfilenode::bigint,
           CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_relation_size(c.oid) ELSE 0 END,
           ARRAY(
               SELECT pg_catalog.json_build_array(
                   i.relfilenode::text, pg_catalog.quote_ident(i.relname),
                   CASE WHEN x.indisunique AND x.indnkeyatts = 1 AND x.indpred IS NULL THEN x.indkey[0] ELSE 0 END)
               FROM pg_catalog.pg_index AS x JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid
               WHERE x.indrelid = c.oid AND i.relkind = 'i'
           ),
           ARRAY(
               SELECT pg_catalog.json_build_array(
                   a.attnum, pg_catalog.quote_ident(a.attname),
                   pg_catalog.format_type(a.atttypid, a.atttypmod), pg_catalog.concat(a.atttypid, ' ', a.atttypmod),
                   a.attnotnull AND NOT EXISTS (
                       SELECT FROM pg_catalog.pg_constraint AS k -- one that is not validated, from Postgres 18 on
                       WHERE k.conrelid = c.oid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum]
                         AND NOT k.convalidated))
               FROM pg_catalog.pg_attribute AS a
               WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
           ))::text
FROM pg_catalog.pg_class AS c
WHERE c.oid = ANY (ARRAY(SELECT pg_catalog.unnest($1)))
