-- extension: the extension itself; its members belong to it and are in no other kind.
select '' as schema,
       quote_ident(e.extname) as identity,
       quote_ident(n.nspname) as in_schema,
       e.extversion as version,
       quote_ident(pg_get_userbyid(e.extowner)) as owner,
       d.description as comment
  from pg_extension e
  join pg_namespace n on n.oid = e.extnamespace
  left join pg_description d on d.classoid = 'pg_extension'::regclass and d.objoid = e.oid and d.objsubid = 0
