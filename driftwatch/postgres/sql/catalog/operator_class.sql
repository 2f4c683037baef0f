-- operator_class: with the operators and functions that go with it; others of its family are for the same type too.
select n.nspname as schema,
       quote_ident(n.nspname) || '.' || quote_ident(c.opcname) || ' using ' || quote_ident(am.amname) as identity,
       format_type(c.opcintype, null) as type,
       case when c.opckeytype <> 0 then format_type(c.opckeytype, null) end as storage,
       c.opcdefault as "default",
       quote_ident(fn.nspname) || '.' || quote_ident(f.opfname) as family,
       array(select x from (select o.amopstrategy || ' ' || o.amopopr::regoperator
                      || case when o.amopsortfamily <> 0
                              then ' for order by ' || (select quote_ident(sn.nspname) || '.' || quote_ident(sf.opfname)
                                     from pg_opfamily sf join pg_namespace sn on sn.oid = sf.opfnamespace
                                    where sf.oid = o.amopsortfamily) else '' end as x
                from pg_amop o join pg_depend m on m.classid = 'pg_amop'::regclass and m.objid = o.oid
                 and m.refclassid = 'pg_opclass'::regclass and m.refobjid = c.oid) q
              order by x collate "C") as operators,
       array(select x from (select p.amprocnum || ' ' || p.amproc::regprocedure as x
                from pg_amproc p join pg_depend m on m.classid = 'pg_amproc'::regclass and m.objid = p.oid
                 and m.refclassid = 'pg_opclass'::regclass and m.refobjid = c.oid) q
              order by x collate "C") as functions,
       quote_ident(pg_get_userbyid(c.opcowner)) as owner,
       d.description as comment
  from pg_opclass c
  join pg_namespace n on n.oid = c.opcnamespace
  join pg_am am on am.oid = c.opcmethod
  join pg_opfamily f on f.oid = c.opcfamily
  join pg_namespace fn on fn.oid = f.opfnamespace
  left join pg_description d on d.classoid = 'pg_opclass'::regclass and d.objoid = c.oid and d.objsubid = 0
 where not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_opclass'::regclass and deptype = 'e')
