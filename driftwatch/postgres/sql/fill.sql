-- An INSERT that puts rows $from$ to $to$ into the table %(table)s, each like one that it has: columns that fill
-- themselves are left to it, the others are copied, so that they keep to whatever that row keeps to. Made different in
-- every row are those that a unique index is over, and with %(varied)s all of which no check, foreign key or partition
-- says what fits.
WITH t AS (
    SELECT c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS identity
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r'
), columns AS (
    SELECT t.oid, t.identity, a.attnum, quote_ident(a.attname) AS name, ty.typname, ty.typtype, ty.typcategory, a.atttypmod,
           EXISTS (SELECT FROM pg_catalog.pg_partition_ancestors(t.oid) AS up
                   JOIN pg_catalog.pg_partitioned_table AS p ON p.partrelid = up.relid
                   JOIN pg_catalog.pg_attribute AS k ON k.attrelid = up.relid AND k.attnum = ANY (p.partattrs)
                   WHERE k.attname = a.attname) AS divides,
           EXISTS (SELECT FROM pg_catalog.pg_index AS x
                   WHERE x.indrelid = t.oid AND x.indisunique AND a.attnum = ANY (x.indkey)) AS is_unique,
           EXISTS (SELECT FROM pg_catalog.pg_constraint AS k
                   WHERE k.conrelid = t.oid AND k.contype IN ('c', 'f') AND a.attnum = ANY (k.conkey)) AS is_bound
    FROM t
    JOIN pg_catalog.pg_attribute AS a
      ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND NOT a.atthasdef AND a.attidentity = ''
    JOIN pg_catalog.pg_type AS ty ON ty.oid = a.atttypid
    WHERE t.identity = %(table)s
), filled AS (
    SELECT c.*, CASE WHEN divides OR NOT (is_unique OR (%(varied)s AND NOT is_bound)) THEN NULL
        WHEN typname = 'int2' THEN 'g.n %% 32767'
        -- Times a number, modulo a prime: another one for every row, and in no order.
        WHEN typname IN ('int4', 'int8', 'float4', 'float8') THEN 'g.n * 48271 %% 2147483647'
        WHEN typname = 'numeric' AND atttypmod < 0 THEN 'g.n * 48271 %% 2147483647'
        WHEN typname = 'numeric' AND digits > 0 THEN 'g.n * 48271 %% ' || CASE WHEN digits > 9 THEN 2147483647 ELSE 10 ^ digits END
        WHEN typcategory = 'S' AND typtype = 'b' THEN 'left(md5(g.n::text), ' || CASE WHEN atttypmod > 4 THEN atttypmod - 4 ELSE 32 END || ')'
        WHEN typname = 'uuid' THEN 'md5(g.n::text)::uuid'
        WHEN typname IN ('date', 'timestamp', 'timestamptz') THEN 'timestamp ''2024-01-01'' + g.n %% 700 * interval ''1 day'''
        END AS value
    FROM (SELECT *, ((atttypmod - 4) >> 16 & 65535) - (((atttypmod - 4 & 2047) # 1024) - 1024) AS digits FROM columns) AS c
)
SELECT 'INSERT INTO ' || t.identity || coalesce(
           ' (' || string_agg(f.name, ', ' ORDER BY f.attnum) || ') SELECT '
                || string_agg(coalesce(f.value, 's.' || f.name), ', ' ORDER BY f.attnum)
                || ' FROM (SELECT * FROM ONLY ' || t.identity || ' LIMIT 1) AS s'
                || ', pg_catalog.generate_series($from$::bigint, $to$) AS g(n)',
           ' SELECT FROM pg_catalog.generate_series($from$::bigint, $to$)')
FROM t LEFT JOIN filled AS f ON f.oid = t.oid
WHERE t.identity = %(table)s
GROUP BY t.identity
