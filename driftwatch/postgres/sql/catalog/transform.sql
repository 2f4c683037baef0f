-- transform: for one type in one language.
select '' as schema,
       'for ' || format_type(t.trftype, null) || ' language ' || quote_ident(l.lanname) as identity,
       case when t.trffromsql <> 0::regproc then t.trffromsql::regprocedure::text end as from_sql,
       case when t.trftosql <> 0::regproc then t.trftosql::regprocedure::text end as to_sql,
       d.description as comment
  from pg_transform t
  join pg_language l on l.oid = t.trflang
  left join pg_description d on d.classoid = 'pg_transform'::regclass and d.objoid = t.oid and d.objsubid = 0
 where t.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_transform'::regclass and deptype = 'e')
