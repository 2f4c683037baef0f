-- materialized_view: as a view, with storage; whether it was refreshed is data and stays out.
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
       case when t.reloptions is not null
            then array(select o from unnest(t.reloptions) o order by o collate "C") end as toast_options,
       s.spcname::text as tablespace,
       am.amname::text as access_method,
       x.extensions as depends_on_extensions,
       quote_ident(pg_get_userbyid(c.relowner)) as owner,
       coalesce(c.relacl, acldefault('r', c.relowner))::text[] as acl,
       acldefault('r', c.relowner)::text[] as acl_default,
       d.description as comment
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_class t on t.oid = c.reltoastrelid
  left join pg_tablespace s on s.oid = c.reltablespace
  left join pg_am am on am.oid = c.relam
  left join (select dx.objid, array_agg(quote_ident(e.extname) order by e.extname collate "C") as extensions
               from pg_depend dx join pg_extension e on e.oid = dx.refobjid
              where dx.refclassid = 'pg_extension'::regclass and dx.classid = 'pg_class'::regclass
                and dx.deptype = 'x'
              group by dx.objid) x on x.objid = c.oid
  left join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid and d.objsubid = 0
 where c.relkind = 'm'
   and not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_class'::regclass and deptype = 'e')
