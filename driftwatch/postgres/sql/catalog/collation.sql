-- collation: provider, locale and rules; the version of the library is noise. A name may exist once an encoding.
select n.nspname as schema,
       quote_ident(n.nspname) || '.' || quote_ident(c.collname)
         || case when c.collencoding in (-1, (select encoding from pg_database where datname = current_database()))
                 then '' else ' for ' || pg_encoding_to_char(c.collencoding) end as identity,
       case c.collprovider when 'c' then 'libc' when 'i' then 'icu' when 'b' then 'builtin' else 'default' end
         as provider,
       c.collisdeterministic as deterministic,
       c.collcollate::text as "collate",
       c.collctype::text as ctype,
       c.colllocale::text as locale, --@ >=170000
       c.colliculocale::text as locale, --@ <170000
       c.collicurules::text as rules, --@ >=160000
       quote_ident(pg_get_userbyid(c.collowner)) as owner,
       d.description as comment
  from pg_collation c
  join pg_namespace n on n.oid = c.collnamespace
  left join pg_description d on d.classoid = 'pg_collation'::regclass and d.objoid = c.oid and d.objsubid = 0
 where not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_collation'::regclass and deptype = 'e')
