-- Grants on members of extensions, as system_grant names them, and the extension.
with granted (class, oid, part) as (
  select 'pg_class'::regclass, oid, 0 from pg_class where relacl is not null
   union all
  select 'pg_class'::regclass, attrelid, attnum from pg_attribute where attacl is not null and not attisdropped
   union all
  select 'pg_proc'::regclass, oid, 0 from pg_proc where proacl is not null
   union all
  select 'pg_type'::regclass, oid, 0 from pg_type where typacl is not null
   union all
  select 'pg_namespace'::regclass, oid, 0 from pg_namespace where nspacl is not null
)
select o.type || ' ' || o.identity, quote_ident(e.extname)
  from granted g
  join pg_depend d on d.classid = g.class and d.objid = g.oid and d.deptype = 'e'
                  and d.refclassid = 'pg_extension'::regclass
  join pg_extension e on e.oid = d.refobjid
 cross join lateral pg_identify_object(g.class, g.oid, g.part) o
