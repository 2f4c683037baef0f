-- trigger: all but internal ones and those that an extension put on its own table; function_schema says whose code runs, which decides about managed tables.
-- A partition's copy of a trigger has a comment and the like only where a dump would restore them.
select n.nspname as schema,
       quote_ident(t.tgname) || ' on ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as identity,
       quote_ident(n.nspname) || '.' || quote_ident(c.relname) as "table",
       pg_get_triggerdef(t.oid) as definition,
       case t.tgenabled when 'O' then 'origin' when 'D' then 'disabled' when 'R' then 'replica'
                        else 'always' end as enabled,
       quote_ident(fn.nspname) || '.' || quote_ident(f.proname) as function,
       fn.nspname::text as function_schema,
       quote_ident(pt.tgname) || ' on ' || quote_ident(pn.nspname) || '.' || quote_ident(pc.relname) as parent,
       case when t.tgparentid = 0 then x.extensions end as depends_on_extensions,
       case when t.tgparentid = 0 or t.tgenabled <> pt.tgenabled then d.description end as comment
  from pg_trigger t
  join pg_class c on c.oid = t.tgrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_proc f on f.oid = t.tgfoid
  join pg_namespace fn on fn.oid = f.pronamespace
  left join pg_trigger pt on pt.oid = t.tgparentid
  left join pg_class pc on pc.oid = pt.tgrelid
  left join pg_namespace pn on pn.oid = pc.relnamespace
  left join (select dx.objid, array_agg(quote_ident(e.extname) order by e.extname collate "C") as extensions
               from pg_depend dx join pg_extension e on e.oid = dx.refobjid
              where dx.refclassid = 'pg_extension'::regclass and dx.classid = 'pg_trigger'::regclass
                and dx.deptype = 'x'
              group by dx.objid) x on x.objid = t.oid
  left join pg_description d on d.classoid = 'pg_trigger'::regclass and d.objoid = t.oid and d.objsubid = 0
 where not t.tgisinternal
   and not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and (c.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                      and classid = 'pg_class'::regclass and deptype = 'e')
        or f.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                         and classid = 'pg_proc'::regclass and deptype = 'e'))
