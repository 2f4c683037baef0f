-- rule: rewrite rules; a view's own _RETURN only when its state is not the normal one.
-- @holds-locks
select n.nspname as schema,
       quote_ident(r.rulename) || ' on ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as identity,
       quote_ident(n.nspname) || '.' || quote_ident(c.relname) as "table",
       case when r.rulename <> '_RETURN' then pg_get_ruledef(r.oid) end as definition,
       case r.ev_enabled when 'O' then 'origin' when 'D' then 'disabled' when 'R' then 'replica'
                         else 'always' end as enabled,
       d.description as comment
  from pg_rewrite r
  join pg_class c on c.oid = r.ev_class
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_description d on d.classoid = 'pg_rewrite'::regclass and d.objoid = r.oid and d.objsubid = 0
 where (r.rulename <> '_RETURN' or r.ev_enabled <> 'O')
   and not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_class'::regclass and deptype = 'e')
