-- For each of %(tables)s an INSERT of one made-up row; $n$ stands for its number.
-- Columns with a default, an identity or an expression fill themselves; what nothing fits is left NULL.
SELECT t.identity,
       'INSERT INTO ' || t.identity || coalesce(
           ' (' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ') VALUES ('
                || string_agg(v.value, ', ' ORDER BY a.attnum) || ')', ' DEFAULT VALUES')
FROM (SELECT c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS identity
      FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition) AS t
LEFT JOIN pg_catalog.pg_attribute AS a
       ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND NOT a.atthasdef AND a.attidentity = ''
LEFT JOIN LATERAL (
    SELECT CASE
        WHEN b.typcategory = 'N' THEN '$n$'
        WHEN b.typcategory = 'S' THEN quote_literal(coalesce(allowed.value, '1$n$'))
        WHEN b.typcategory = 'B' THEN 'true'
        WHEN b.typcategory = 'D' AND b.typname LIKE 'time%%' AND b.typname NOT LIKE 'timestamp%%' THEN quote_literal('10:0$n$')
        WHEN b.typcategory = 'D' THEN quote_literal('2024-01-0$n$')
        WHEN b.typcategory = 'T' THEN quote_literal('$n$ days')
        WHEN b.typcategory = 'E' THEN (SELECT quote_literal(e.enumlabel) FROM pg_catalog.pg_enum AS e
                                       WHERE e.enumtypid = b.oid ORDER BY e.enumsortorder LIMIT 1)
        WHEN b.typcategory = 'A' THEN quote_literal('{}')
        WHEN b.typname = 'uuid' THEN quote_literal('00000000-0000-0000-0000-00000000000$n$')
        WHEN b.typname IN ('json', 'jsonb') THEN quote_literal('{"n": $n$}')
        WHEN b.typcategory = 'I' THEN quote_literal('10.0.0.$n$')
        WHEN b.typcategory = 'R' THEN quote_literal('empty')
        WHEN b.typname = 'bytea' THEN quote_literal('$n$')
        ELSE 'NULL' END AS value
    FROM pg_catalog.pg_type AS ty
    JOIN pg_catalog.pg_type AS b ON b.oid = coalesce(nullif(ty.typbasetype, 0), ty.oid)
    LEFT JOIN LATERAL ( -- the first of the texts that a check of this column lets in
        SELECT replace(found[1], '''''', '''') AS value
        FROM pg_catalog.pg_constraint AS k,
             regexp_matches(pg_catalog.pg_get_constraintdef(k.oid),
                            '= (?:ANY \(\(?ARRAY\[\(*)?''((?:[^'']|'''')*)''::') AS found
        WHERE k.conrelid = t.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum]
        LIMIT 1) AS allowed ON true
    WHERE ty.oid = a.atttypid) AS v ON true
WHERE t.identity = ANY (%(tables)s)
GROUP BY t.identity
