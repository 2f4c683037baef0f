-- publication: what is published, each table with its columns and row filter.
select '' as schema,
       quote_ident(p.pubname) as identity,
       p.puballtables as all_tables,
       array_remove(array[case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
                          case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end],
                    null) as operations,
       p.pubviaroot as via_root,
       case p.pubgencols when 's' then 'stored' end as generated_columns, --@ >=180000
       (select array_agg(m.member order by m.member collate "C") from (
           select quote_ident(n.nspname) || '.' || quote_ident(c.relname)
                  || coalesce(' (' || (select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
                                         from pg_attribute a
                                        where a.attrelid = r.prrelid and a.attnum = any (r.prattrs)) || ')', '')
                  || coalesce(' where ' || pg_get_expr(r.prqual, r.prrelid), '') as member
             from pg_publication_rel r
             join pg_class c on c.oid = r.prrelid
             join pg_namespace n on n.oid = c.relnamespace
            where r.prpubid = p.oid) m) as tables,
       (select array_agg(quote_ident(n.nspname) order by n.nspname collate "C")
          from pg_publication_namespace r join pg_namespace n on n.oid = r.pnnspid
         where r.pnpubid = p.oid) as schemas,
       quote_ident(pg_get_userbyid(p.pubowner)) as owner,
       d.description as comment
  from pg_publication p
  left join pg_description d on d.classoid = 'pg_publication'::regclass and d.objoid = p.oid and d.objsubid = 0
 where p.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_publication'::regclass and deptype = 'e')
