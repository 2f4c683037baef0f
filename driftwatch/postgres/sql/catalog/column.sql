-- column: one object a column of tables and foreign tables; of views only those that carry more than the query gives.
-- A default can name no other column, so it needs no relation to be deparsed (cheap); a generated expression does.
select n.nspname as schema,
       quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(a.attname) as identity,
       quote_ident(n.nspname) || '.' || quote_ident(c.relname) as "table",
       format_type(a.atttypid, a.atttypmod) as type,
       a.attnotnull as not_null,
       case when nn.conislocal and not c.relispartition --@ >=180000
            then nullif(nn.conname, c.relname || '_' || a.attname || '_not_null')::text end as not_null_name, --@ >=180000
       case when not nn.convalidated then true end as not_null_unvalidated, --@ >=180000
       case when nn.connoinherit then true end as not_null_no_inherit, --@ >=180000
       case when nn.conislocal and a.attinhcount > 0 and not c.relispartition then true end as not_null_local, --@ >=180000
       nnd.description as not_null_comment, --@ >=180000
       case when a.atthasdef and a.attgenerated = '' then pg_get_expr(ad.adbin, 0) end as "default",
       case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end as generated,
       case when a.attgenerated <> '' then pg_get_expr(ad.adbin, ad.adrelid) end as expression,
       case a.attidentity when 'a' then 'always' when 'd' then 'by default' end as "identity_column",
       nullif(a.attstattarget, -1)::int as statistics,
       case when a.attstorage <> t.typstorage
            then case a.attstorage when 'p' then 'plain' when 'e' then 'external'
                                   when 'm' then 'main' when 'x' then 'extended' end end as storage,
       case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end as compression,
       case when a.attcollation <> t.typcollation
            then quote_ident(cn.nspname) || '.' || quote_ident(co.collname) end as "collation",
       case when a.attoptions is not null
            then array(select o from unnest(a.attoptions) o order by o collate "C") end as options,
       case when a.attfdwoptions is not null
            then array(select o from unnest(a.attfdwoptions) o order by o collate "C") end as foreign_options,
       a.attislocal as local,
       a.attinhcount::int as inherited,
       a.attacl::text[] as acl,
       d.description as comment
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_constraint nn on nn.conrelid = a.attrelid and nn.contype = 'n' and nn.conkey[1] = a.attnum --@ >=180000
  left join pg_description nnd on nnd.classoid = 'pg_constraint'::regclass and nnd.objoid = nn.oid --@ >=180000
  left join pg_attrdef ad on ad.adrelid = a.attrelid and ad.adnum = a.attnum
  left join pg_collation co on co.oid = a.attcollation and a.attcollation <> t.typcollation
  left join pg_namespace cn on cn.oid = co.collnamespace
  left join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid and d.objsubid = a.attnum
 where (c.relkind in ('r', 'p', 'f')
        or c.relkind in ('v', 'm')
           and (a.atthasdef or a.attacl is not null or a.attoptions is not null or d.description is not null
                or a.attstattarget >= 0 or a.attcompression <> '' or a.attstorage <> t.typstorage))
   and not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_class'::regclass and deptype = 'e')
