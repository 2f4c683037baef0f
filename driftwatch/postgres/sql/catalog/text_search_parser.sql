-- text_search_parser: its five functions.
select n.nspname as schema,
       quote_ident(n.nspname) || '.' || quote_ident(p.prsname) as identity,
       p.prsstart::regprocedure::text as start,
       p.prstoken::regprocedure::text as get_token,
       p.prsend::regprocedure::text as "end",
       case when p.prsheadline <> 0::regproc then p.prsheadline::regprocedure::text end as headline,
       p.prslextype::regprocedure::text as token_types,
       d.description as comment
  from pg_ts_parser p
  join pg_namespace n on n.oid = p.prsnamespace
  left join pg_description d on d.classoid = 'pg_ts_parser'::regclass and d.objoid = p.oid and d.objsubid = 0
 where not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and p.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_ts_parser'::regclass and deptype = 'e')
