-- cast: those made by users, told from built-in ones by the first oid that is not reserved. Out: the cast from a
-- range to its multirange, which comes with the type.
select '' as schema,
       format_type(c.castsource, null) || ' as ' || format_type(c.casttarget, null) as identity,
       case when c.castfunc <> 0 then c.castfunc::regprocedure::text end as function,
       case c.castcontext when 'e' then 'explicit' when 'a' then 'assignment' else 'implicit' end as context,
       case c.castmethod when 'f' then 'function' when 'i' then 'inout' else 'binary' end as method,
       d.description as comment
  from pg_cast c
  left join pg_description d on d.classoid = 'pg_cast'::regclass and d.objoid = c.oid and d.objsubid = 0
 where c.oid >= 16384
   and c.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_cast'::regclass and deptype = 'e')
   and not exists (select from pg_depend where classid = 'pg_cast'::regclass and objid = c.oid and deptype = 'i')
