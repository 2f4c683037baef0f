-- access_method: those made by users.
select '' as schema,
       quote_ident(a.amname) as identity,
       case a.amtype when 't' then 'table' else 'index' end as type,
       a.amhandler::regprocedure::text as handler,
       d.description as comment
  from pg_am a
  left join pg_description d on d.classoid = 'pg_am'::regclass and d.objoid = a.oid and d.objsubid = 0
 where a.oid >= 16384
   and a.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_am'::regclass and deptype = 'e')
