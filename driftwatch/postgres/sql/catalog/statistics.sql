-- statistics: extended statistics objects and their target; the figures themselves are data.
select n.nspname as schema,
       quote_ident(n.nspname) || '.' || quote_ident(s.stxname) as identity,
       quote_ident(cn.nspname) || '.' || quote_ident(c.relname) as "table",
       pg_get_statisticsobjdef(s.oid) as definition,
       nullif(s.stxstattarget, -1)::int as target,
       quote_ident(pg_get_userbyid(s.stxowner)) as owner,
       d.description as comment
  from pg_statistic_ext s
  join pg_namespace n on n.oid = s.stxnamespace
  join pg_class c on c.oid = s.stxrelid
  join pg_namespace cn on cn.oid = c.relnamespace
  left join pg_description d on d.classoid = 'pg_statistic_ext'::regclass and d.objoid = s.oid and d.objsubid = 0
 where not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and s.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_statistic_ext'::regclass and deptype = 'e')
