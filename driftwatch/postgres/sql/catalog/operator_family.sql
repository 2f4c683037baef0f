-- operator_family: with all its operators and functions, those across types included.
select n.nspname as schema,
       quote_ident(n.nspname) || '.' || quote_ident(f.opfname) || ' using ' || quote_ident(am.amname) as identity,
       array(select x from (select o.amopstrategy || ' ' || o.amopopr::regoperator
                      || case when o.amopsortfamily <> 0
                              then ' for order by ' || (select quote_ident(sn.nspname) || '.' || quote_ident(sf.opfname)
                                     from pg_opfamily sf join pg_namespace sn on sn.oid = sf.opfnamespace
                                    where sf.oid = o.amopsortfamily) else '' end as x
                from pg_amop o where o.amopfamily = f.oid) q order by x collate "C") as operators,
       array(select x from (select p.amprocnum || ' (' || format_type(p.amproclefttype, null) || ', '
                      || format_type(p.amprocrighttype, null) || ') ' || p.amproc::regprocedure as x
                from pg_amproc p where p.amprocfamily = f.oid) q order by x collate "C") as functions,
       quote_ident(pg_get_userbyid(f.opfowner)) as owner,
       d.description as comment
  from pg_opfamily f
  join pg_namespace n on n.oid = f.opfnamespace
  join pg_am am on am.oid = f.opfmethod
  left join pg_description d on d.classoid = 'pg_opfamily'::regclass and d.objoid = f.oid and d.objsubid = 0
 where not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and f.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_opfamily'::regclass and deptype = 'e')
