-- system_grant: grants on built-in objects and on members of extensions, where they are no longer as installed;
-- initial: as they were.
-- initdb records no initial privileges for information_schema; all that it grants there is SELECT and USAGE to PUBLIC.
with changed as (
  select 'pg_class'::regclass as classid, c.oid as objid, 0 as objsubid, n.nspname, c.relacl as acl,
         acldefault(case when c.relkind = 'S' then 's' else 'r' end::"char", c.relowner) as owners,
         case when n.nspname = 'information_schema' and c.oid < 16384
              then array[makeaclitem(0, c.relowner, 'SELECT', false)] else '{}' end as given
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relacl is not null
   union all
  select 'pg_class'::regclass, c.oid, a.attnum, n.nspname, a.attacl, '{}'::aclitem[], '{}'
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
   where a.attacl is not null and not a.attisdropped
   union all
  select 'pg_proc'::regclass, p.oid, 0, n.nspname, p.proacl, acldefault('f', p.proowner), '{}'
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.proacl is not null
   union all
  select 'pg_type'::regclass, t.oid, 0, n.nspname, t.typacl, acldefault('T', t.typowner), '{}'
    from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.typacl is not null
   union all
  select 'pg_namespace'::regclass, n.oid, 0, n.nspname, n.nspacl, acldefault('n', n.nspowner),
         case when n.nspname = 'information_schema' then array[makeaclitem(0, n.nspowner, 'USAGE', false)]
              else '{}' end
    from pg_namespace n where n.nspacl is not null
   union all
  select 'pg_language'::regclass, l.oid, 0, case when l.oid < 16384 then 'pg_catalog' end, l.lanacl,
         acldefault('l', l.lanowner), '{}'
    from pg_language l where l.lanacl is not null
   union all
  select 'pg_foreign_data_wrapper'::regclass, w.oid, 0, null, w.fdwacl, acldefault('F', w.fdwowner), '{}'
    from pg_foreign_data_wrapper w where w.fdwacl is not null
   union all
  select 'pg_foreign_server'::regclass, s.oid, 0, null, s.srvacl, acldefault('S', s.srvowner), '{}'
    from pg_foreign_server s where s.srvacl is not null
)
select case when c.nspname in ('pg_catalog', 'information_schema') or c.nspname is null
            then '' else c.nspname end as schema,
       o.type || ' ' || o.identity as identity,
       c.acl::text[] as acl,
       c.owners::text[] as acl_default,
       (select array_agg(given order by given collate "C")
          from (select case when a.grantee = 0 then 'PUBLIC' else quote_ident(pg_get_userbyid(a.grantee)) end || '='
                         || string_agg(a.privilege_type || case when a.is_grantable then '*' else '' end, ','
                                       order by a.privilege_type collate "C") as given
                  from aclexplode(nullif(coalesce(i.initprivs, c.owners || c.given), '{}')) a
                 where a.grantee <> a.grantor
                 group by a.grantee) p) as initial
  from changed c
  left join pg_init_privs i on i.classoid = c.classid and i.objoid = c.objid and i.objsubid = c.objsubid
  cross join lateral pg_identify_object(c.classid, c.objid, c.objsubid) o
 where (c.nspname in ('pg_catalog', 'information_schema')
        or (c.classid, c.objid) in (select classid, objid from pg_depend
                                     where refclassid = 'pg_extension'::regclass and deptype = 'e'))
   and not (c.acl @> coalesce(i.initprivs, c.owners || c.given) and coalesce(i.initprivs, c.owners || c.given) @> c.acl)
