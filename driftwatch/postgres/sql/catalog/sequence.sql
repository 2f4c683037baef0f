-- sequence: parameters and the column that owns it; the last value is data and stays out.
select n.nspname as schema,
       quote_ident(n.nspname) || '.' || quote_ident(c.relname) as identity,
       format_type(s.seqtypid, null) as type,
       s.seqstart as start,
       s.seqincrement as increment,
       s.seqmin as min,
       s.seqmax as max,
       s.seqcache as cache,
       s.seqcycle as cycle,
       o.owned_by,
       o.of_identity,
       case c.relpersistence when 'u' then 'unlogged' else 'permanent' end as persistence,
       quote_ident(pg_get_userbyid(c.relowner)) as owner,
       coalesce(c.relacl, acldefault('s', c.relowner))::text[] as acl,
       acldefault('s', c.relowner)::text[] as acl_default,
       d.description as comment
  from pg_sequence s
  join pg_class c on c.oid = s.seqrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join lateral (
       select quote_ident(tn.nspname) || '.' || quote_ident(t.relname) || '.' || quote_ident(a.attname) as owned_by,
              dp.deptype = 'i' as of_identity
         from pg_depend dp
         join pg_class t on t.oid = dp.refobjid
         join pg_namespace tn on tn.oid = t.relnamespace
         join pg_attribute a on a.attrelid = dp.refobjid and a.attnum = dp.refobjsubid
        where dp.classid = 'pg_class'::regclass and dp.objid = c.oid
          and dp.refclassid = 'pg_class'::regclass and dp.refobjsubid > 0 and dp.deptype in ('a', 'i')
        limit 1) o on true
  left join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid and d.objsubid = 0
 where not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_class'::regclass and deptype = 'e')
