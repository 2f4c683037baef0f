-- database: properties of the one that is connected to, without its name.
select '' as schema,
       'this database' as identity,
       pg_encoding_to_char(b.encoding) as encoding,
       b.datcollate::text as "collate",
       b.datctype::text as ctype,
       case b.datlocprovider when 'c' then 'libc' when 'i' then 'icu' else 'builtin' end as provider,
       b.datlocale::text as locale, --@ >=170000
       b.daticulocale::text as locale, --@ <170000
       b.daticurules::text as rules, --@ >=160000
       case when s.spcname <> 'pg_default' then s.spcname::text end as tablespace,
       case when b.datistemplate then true end as template,
       b.datallowconn as connections_allowed,
       nullif(b.datconnlimit, -1) as connection_limit,
       quote_ident(pg_get_userbyid(b.datdba)) as owner,
       coalesce(b.datacl, acldefault('d', b.datdba))::text[] as acl,
       acldefault('d', b.datdba)::text[] as acl_default,
       d.description as comment
  from pg_database b
  left join pg_tablespace s on s.oid = b.dattablespace
  left join pg_shdescription d on d.classoid = 'pg_database'::regclass and d.objoid = b.oid
 where b.datname = current_database()
