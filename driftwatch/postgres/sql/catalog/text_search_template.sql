-- text_search_template: its functions.
select n.nspname as schema,
       quote_ident(n.nspname) || '.' || quote_ident(t.tmplname) as identity,
       case when t.tmplinit <> 0::regproc then t.tmplinit::regprocedure::text end as init,
       t.tmpllexize::regprocedure::text as lexize,
       d.description as comment
  from pg_ts_template t
  join pg_namespace n on n.oid = t.tmplnamespace
  left join pg_description d on d.classoid = 'pg_ts_template'::regclass and d.objoid = t.oid and d.objsubid = 0
 where not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and t.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_ts_template'::regclass and deptype = 'e')
