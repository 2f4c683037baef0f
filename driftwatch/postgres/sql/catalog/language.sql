-- language: those made by users.
select '' as schema,
       quote_ident(l.lanname) as identity,
       l.lanpltrusted as trusted,
       case when l.lanplcallfoid <> 0 then l.lanplcallfoid::regprocedure::text end as handler,
       case when l.laninline <> 0 then l.laninline::regprocedure::text end as inline,
       case when l.lanvalidator <> 0 then l.lanvalidator::regprocedure::text end as validator,
       quote_ident(pg_get_userbyid(l.lanowner)) as owner,
       coalesce(l.lanacl, acldefault('l', l.lanowner))::text[] as acl,
       acldefault('l', l.lanowner)::text[] as acl_default,
       d.description as comment
  from pg_language l
  left join pg_description d on d.classoid = 'pg_language'::regclass and d.objoid = l.oid and d.objsubid = 0
 where l.oid >= 16384
   and l.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_language'::regclass and deptype = 'e')
