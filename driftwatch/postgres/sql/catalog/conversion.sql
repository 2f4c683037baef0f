-- conversion: encodings and the function between them.
select n.nspname as schema,
       quote_ident(n.nspname) || '.' || quote_ident(c.conname) as identity,
       pg_encoding_to_char(c.conforencoding)::text as source,
       pg_encoding_to_char(c.contoencoding)::text as target,
       c.conproc::regprocedure::text as function,
       c.condefault as "default",
       quote_ident(pg_get_userbyid(c.conowner)) as owner,
       d.description as comment
  from pg_conversion c
  join pg_namespace n on n.oid = c.connamespace
  left join pg_description d on d.classoid = 'pg_conversion'::regclass and d.objoid = c.oid and d.objsubid = 0
 where not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_conversion'::regclass and deptype = 'e')
