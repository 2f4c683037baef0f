-- operator: shell operators are out, because a dump loses them.
select n.nspname as schema,
       quote_ident(n.nspname) || '.' || o.oprname || '('
         || case when o.oprleft = 0 then 'none' else format_type(o.oprleft, null) end || ', '
         || format_type(o.oprright, null) || ')' as identity,
       o.oprcode::regprocedure::text as function,
       case when o.oprcom <> 0 then o.oprcom::regoperator::text end as commutator,
       case when o.oprnegate <> 0 then o.oprnegate::regoperator::text end as negator,
       case when o.oprrest <> 0::regproc then o.oprrest::regprocedure::text end as restrict,
       case when o.oprjoin <> 0::regproc then o.oprjoin::regprocedure::text end as "join",
       o.oprcanmerge as merges,
       o.oprcanhash as hashes,
       quote_ident(pg_get_userbyid(o.oprowner)) as owner,
       d.description as comment
  from pg_operator o
  join pg_namespace n on n.oid = o.oprnamespace
  left join pg_description d on d.classoid = 'pg_operator'::regclass and d.objoid = o.oid and d.objsubid = 0
 where o.oprcode <> 0::regproc
   and not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and o.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_operator'::regclass and deptype = 'e')
