-- text_search_dictionary: template and options as stored.
select n.nspname as schema,
       quote_ident(n.nspname) || '.' || quote_ident(t.dictname) as identity,
       quote_ident(tn.nspname) || '.' || quote_ident(tm.tmplname) as template,
       t.dictinitoption as options,
       quote_ident(pg_get_userbyid(t.dictowner)) as owner,
       d.description as comment
  from pg_ts_dict t
  join pg_namespace n on n.oid = t.dictnamespace
  join pg_ts_template tm on tm.oid = t.dicttemplate
  join pg_namespace tn on tn.oid = tm.tmplnamespace
  left join pg_description d on d.classoid = 'pg_ts_dict'::regclass and d.objoid = t.oid and d.objsubid = 0
 where not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and t.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_ts_dict'::regclass and deptype = 'e')
