-- The catalog's name of every object that others can depend on: class, oid, column number, kind, identity.
-- Identities are written as in the catalog's own queries.
with relation as materialized (
  select c.oid, c.relkind, quote_ident(n.nspname) || '.' || quote_ident(c.relname) as identity
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
)
select 'pg_class'::regclass::int8, oid::int8, 0,
       case relkind when 'f' then 'foreign_table' when 'v' then 'view' when 'm' then 'materialized_view'
                    when 'S' then 'sequence' when 'i' then 'index' when 'I' then 'index' when 'c' then 'type'
                    else 'table' end, identity
  from relation where relkind in ('r', 'p', 'f', 'v', 'm', 'S', 'i', 'I', 'c')
   and not exists (select from pg_constraint k where k.conindid = relation.oid and k.contype in ('p', 'u', 'x'))
 union all
select 'pg_class'::regclass::int8, k.conindid::int8, 0, 'constraint', quote_ident(k.conname) || ' on ' || r.identity
  from pg_constraint k join relation r on r.oid = k.conrelid where k.contype in ('p', 'u', 'x')
 union all
select 'pg_class'::regclass::int8, r.oid::int8, a.attnum,
       case when r.relkind in ('r', 'p', 'f') then 'column' when r.relkind = 'v' then 'view'
            when r.relkind = 'm' then 'materialized_view' else 'type' end,
       case when r.relkind in ('r', 'p', 'f') then r.identity || '.' || quote_ident(a.attname) else r.identity end
  from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
 where r.relkind in ('r', 'p', 'f', 'v', 'm', 'c')
 union all
select 'pg_attrdef'::regclass::int8, d.oid::int8, 0, case a.attgenerated when '' then 'default' else 'column' end,
       r.identity || '.' || quote_ident(a.attname)
  from pg_attrdef d join relation r on r.oid = d.adrelid
  join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
 union all
select 'pg_rewrite'::regclass::int8, w.oid::int8, 0,
       case when w.rulename <> '_RETURN' then 'rule' when r.relkind = 'm' then 'materialized_view' else 'view' end,
       case when w.rulename <> '_RETURN' then quote_ident(w.rulename) || ' on ' else '' end || r.identity
  from pg_rewrite w join relation r on r.oid = w.ev_class
 union all
select 'pg_constraint'::regclass::int8, k.oid::int8, 0, 'constraint', quote_ident(k.conname) || ' on ' || r.identity
  from pg_constraint k join relation r on r.oid = k.conrelid where k.contype in ('c', 'f', 'p', 'u', 'x')
 union all
select 'pg_constraint'::regclass::int8, k.oid::int8, 0,
       'domain_constraint', quote_ident(k.conname) || ' on ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname)
  from pg_constraint k join pg_type t on t.oid = k.contypid join pg_namespace n on n.oid = t.typnamespace
 union all
select 'pg_trigger'::regclass::int8, t.oid::int8, 0,
       case when t.tgisinternal then 'constraint' else 'trigger' end,
       quote_ident(coalesce(k.conname, t.tgname)) || ' on ' || r.identity
  from pg_trigger t
  left join pg_constraint k on k.oid = t.tgconstraint and t.tgisinternal
  join relation r on r.oid = coalesce(k.conrelid, t.tgrelid)
 union all
select 'pg_policy'::regclass::int8, p.oid::int8, 0, 'policy', quote_ident(p.polname) || ' on ' || r.identity
  from pg_policy p join relation r on r.oid = p.polrelid
 union all
-- A row type is its relation, an array its element, a multirange its range.
select 'pg_type'::regclass::int8, t.oid::int8, 0,
       case when r.oid is not null then case r.relkind when 'f' then 'foreign_table' when 'v' then 'view'
                                                       when 'm' then 'materialized_view' when 'c' then 'type'
                                                       else 'table' end
            when b.typtype = 'd' then 'domain' else 'type' end,
       coalesce(r.identity, quote_ident(n.nspname) || '.' || quote_ident(b.typname))
  from pg_type t
  left join pg_type e on e.typarray = t.oid
  left join pg_range g on g.rngmultitypid = coalesce(e.oid, t.oid)
  join pg_type b on b.oid = coalesce(g.rngtypid, e.oid, t.oid)
  join pg_namespace n on n.oid = b.typnamespace
  left join relation r on r.oid = b.typrelid
 where not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
 union all
select 'pg_proc'::regclass::int8, p.oid::int8, 0,
       case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end,
       quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')'
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
 union all
select 'pg_operator'::regclass::int8, o.oid::int8, 0, 'operator',
       quote_ident(n.nspname) || '.' || o.oprname || '('
         || case when o.oprleft = 0 then 'none' else format_type(o.oprleft, null) end || ', '
         || format_type(o.oprright, null) || ')'
  from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
 where not starts_with(n.nspname, 'pg_')
 union all
select 'pg_opclass'::regclass::int8, c.oid::int8, 0, 'operator_class',
       quote_ident(n.nspname) || '.' || quote_ident(c.opcname) || ' using ' || quote_ident(m.amname)
  from pg_opclass c join pg_namespace n on n.oid = c.opcnamespace join pg_am m on m.oid = c.opcmethod
 where not starts_with(n.nspname, 'pg_')
 union all
select 'pg_opfamily'::regclass::int8, f.oid::int8, 0, 'operator_family',
       quote_ident(n.nspname) || '.' || quote_ident(f.opfname) || ' using ' || quote_ident(m.amname)
  from pg_opfamily f join pg_namespace n on n.oid = f.opfnamespace join pg_am m on m.oid = f.opfmethod
 where not starts_with(n.nspname, 'pg_')
 union all
-- A member of a family belongs to the class that it goes with, if any, else to the family.
select 'pg_amop'::regclass::int8, o.oid::int8, 0,
       case when c.oid is null then 'operator_family' else 'operator_class' end,
       quote_ident(coalesce(cn.nspname, n.nspname)) || '.' || quote_ident(coalesce(c.opcname, f.opfname))
         || ' using ' || quote_ident(m.amname)
  from pg_amop o join pg_opfamily f on f.oid = o.amopfamily join pg_namespace n on n.oid = f.opfnamespace
  join pg_am m on m.oid = f.opfmethod
  left join pg_depend d on d.classid = 'pg_amop'::regclass and d.objid = o.oid and d.refclassid = 'pg_opclass'::regclass
  left join pg_opclass c on c.oid = d.refobjid
  left join pg_namespace cn on cn.oid = c.opcnamespace
 where not starts_with(n.nspname, 'pg_')
 union all
select 'pg_amproc'::regclass::int8, o.oid::int8, 0,
       case when c.oid is null then 'operator_family' else 'operator_class' end,
       quote_ident(coalesce(cn.nspname, n.nspname)) || '.' || quote_ident(coalesce(c.opcname, f.opfname))
         || ' using ' || quote_ident(m.amname)
  from pg_amproc o join pg_opfamily f on f.oid = o.amprocfamily join pg_namespace n on n.oid = f.opfnamespace
  join pg_am m on m.oid = f.opfmethod
  left join pg_depend d
    on d.classid = 'pg_amproc'::regclass and d.objid = o.oid and d.refclassid = 'pg_opclass'::regclass
  left join pg_opclass c on c.oid = d.refobjid
  left join pg_namespace cn on cn.oid = c.opcnamespace
 where not starts_with(n.nspname, 'pg_')
 union all
select 'pg_collation'::regclass::int8, c.oid::int8, 0, 'collation',
       quote_ident(n.nspname) || '.' || quote_ident(c.collname)
  from pg_collation c join pg_namespace n on n.oid = c.collnamespace where not starts_with(n.nspname, 'pg_')
 union all
select 'pg_conversion'::regclass::int8, c.oid::int8, 0, 'conversion',
       quote_ident(n.nspname) || '.' || quote_ident(c.conname)
  from pg_conversion c join pg_namespace n on n.oid = c.connamespace where not starts_with(n.nspname, 'pg_')
 union all
select 'pg_ts_config'::regclass::int8, c.oid::int8, 0, 'text_search_configuration',
       quote_ident(n.nspname) || '.' || quote_ident(c.cfgname)
  from pg_ts_config c join pg_namespace n on n.oid = c.cfgnamespace where not starts_with(n.nspname, 'pg_')
 union all
select 'pg_ts_dict'::regclass::int8, c.oid::int8, 0, 'text_search_dictionary',
       quote_ident(n.nspname) || '.' || quote_ident(c.dictname)
  from pg_ts_dict c join pg_namespace n on n.oid = c.dictnamespace where not starts_with(n.nspname, 'pg_')
 union all
select 'pg_ts_parser'::regclass::int8, c.oid::int8, 0, 'text_search_parser',
       quote_ident(n.nspname) || '.' || quote_ident(c.prsname)
  from pg_ts_parser c join pg_namespace n on n.oid = c.prsnamespace where not starts_with(n.nspname, 'pg_')
 union all
select 'pg_ts_template'::regclass::int8, c.oid::int8, 0, 'text_search_template',
       quote_ident(n.nspname) || '.' || quote_ident(c.tmplname)
  from pg_ts_template c join pg_namespace n on n.oid = c.tmplnamespace where not starts_with(n.nspname, 'pg_')
 union all
select 'pg_statistic_ext'::regclass::int8, s.oid::int8, 0, 'statistics',
       quote_ident(n.nspname) || '.' || quote_ident(s.stxname)
  from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace
 union all
select 'pg_extension'::regclass::int8, oid::int8, 0, 'extension', quote_ident(extname) from pg_extension
 union all
select 'pg_namespace'::regclass::int8, oid::int8, 0, 'schema', quote_ident(nspname) from pg_namespace
 where not starts_with(nspname, 'pg_')
 union all
select 'pg_language'::regclass::int8, oid::int8, 0, 'language', quote_ident(lanname) from pg_language
 where oid >= 16384
 union all
select 'pg_am'::regclass::int8, oid::int8, 0, 'access_method', quote_ident(amname) from pg_am where oid >= 16384
 union all
select 'pg_cast'::regclass::int8, oid::int8, 0, 'cast',
       format_type(castsource, null) || ' as ' || format_type(casttarget, null) from pg_cast where oid >= 16384
 union all
select 'pg_transform'::regclass::int8, t.oid::int8, 0, 'transform',
       'for ' || format_type(t.trftype, null) || ' language ' || quote_ident(l.lanname)
  from pg_transform t join pg_language l on l.oid = t.trflang
 union all
select 'pg_foreign_data_wrapper'::regclass::int8, oid::int8, 0, 'foreign_data_wrapper', quote_ident(fdwname)
  from pg_foreign_data_wrapper
 union all
select 'pg_foreign_server'::regclass::int8, oid::int8, 0, 'server', quote_ident(srvname) from pg_foreign_server
 union all
select 'pg_user_mapping'::regclass::int8, umid::int8, 0, 'user_mapping',
       case when umuser = 0 then 'PUBLIC' else quote_ident(pg_get_userbyid(umuser)) end || ' on ' || quote_ident(srvname)
  from pg_user_mappings
 union all
select 'pg_event_trigger'::regclass::int8, oid::int8, 0, 'event_trigger', quote_ident(evtname) from pg_event_trigger
 union all
select 'pg_publication'::regclass::int8, oid::int8, 0, 'publication', quote_ident(pubname) from pg_publication
 union all
select 'pg_publication_rel'::regclass::int8, r.oid::int8, 0, 'publication', quote_ident(p.pubname)
  from pg_publication_rel r join pg_publication p on p.oid = r.prpubid
 union all
select 'pg_publication_namespace'::regclass::int8, r.oid::int8, 0, 'publication', quote_ident(p.pubname)
  from pg_publication_namespace r join pg_publication p on p.oid = r.pnpubid
