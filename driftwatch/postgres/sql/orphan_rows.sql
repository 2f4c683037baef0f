-- For each foreign key: the condition that a row, called child, refers to nothing.
SELECT format('%I.%I', n.nspname, c.relname) AS child,
       format('%I.%I', fn.nspname, f.relname) AS parent,
       k.conname,
       (
           SELECT string_agg(format('child.%I IS NOT NULL', a.attname), ' AND ')
           FROM unnest(k.conkey) AS key(attnum) JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = key.attnum
       ) || format(' AND NOT EXISTS (SELECT FROM %I.%I AS parent WHERE ', fn.nspname, f.relname) || (
           SELECT string_agg(format('parent.%I = child.%I', p.attname, a.attname), ' AND ')
           FROM unnest(k.conkey, k.confkey) AS key(attnum, refnum)
           JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = key.attnum
           JOIN pg_catalog.pg_attribute AS p ON p.attrelid = k.confrelid AND p.attnum = key.refnum
       ) || ')' AS orphaned
FROM pg_catalog.pg_constraint AS k
JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class AS f ON f.oid = k.confrelid
JOIN pg_catalog.pg_namespace AS fn ON fn.oid = f.relnamespace
WHERE k.contype = 'f' AND k.convalidated AND k.conparentid = 0 AND NOT c.relispartition
ORDER BY 1, 3
