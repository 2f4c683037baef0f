-- How the relations of %(oids)s are: name, file, size, indexes by their files, columns by their numbers.
SELECT c.oid::bigint,
       c.relname::text,
       c.relfilenode::bigint,
       CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_relation_size(c.oid) ELSE 0 END,
       ARRAY(
           SELECT ARRAY[i.relfilenode::text, pg_catalog.quote_ident(i.relname)]
           FROM pg_catalog.pg_index AS x JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid
           WHERE x.indrelid = c.oid AND i.relkind = 'i'
       ),
       ARRAY(
           SELECT ARRAY[a.attnum::text, pg_catalog.quote_ident(a.attname),
                        pg_catalog.format_type(a.atttypid, a.atttypmod), pg_catalog.concat(a.atttypid, ' ', a.atttypmod)]
           FROM pg_catalog.pg_attribute AS a
           WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       )
FROM pg_catalog.pg_class AS c
WHERE c.oid = ANY (%(oids)s)
