-- view: deparsed query, options (security_invoker …), column names and types.
-- @holds-locks
select n.nspname as schema,
       quote_ident(n.nspname) || '.' || quote_ident(c.relname) as identity,
       pg_get_viewdef(c.oid) as definition,
       array(select quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                      || case when a.attcollation <> ut.typcollation
                              then ' collate ' || a.attcollation::regcollation else '' end
               from pg_attribute a join pg_type ut on ut.oid = a.atttypid
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
       case when c.reloptions is not null
            then array(select o from unnest(c.reloptions) o order by o collate "C") end as options,
       quote_ident(pg_get_userbyid(c.relowner)) as owner,
       coalesce(c.relacl, acldefault('r', c.relowner))::text[] as acl,
       acldefault('r', c.relowner)::text[] as acl_default,
       d.description as comment
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid and d.objsubid = 0
 where c.relkind = 'v'
   and not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_class'::regclass and deptype = 'e')
