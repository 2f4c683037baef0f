-- index: all but those that a constraint owns. Deparsed table by table, because Postgres opens the table for each.
select q.schema,
       q.identity,
       q."table",
       pg_get_indexdef(q.indexrelid) as definition,
       q.valid,
       q.clustered,
       q.replica_identity,
       q.tablespace,
       q.parent,
       q.statistics,
       q.depends_on_extensions,
       q.comment
  from (select n.nspname as schema,
               quote_ident(n.nspname) || '.' || quote_ident(ic.relname) as identity,
               quote_ident(n.nspname) || '.' || quote_ident(c.relname) as "table",
               i.indisvalid as valid,
               i.indisclustered as clustered,
               i.indisreplident as replica_identity,
               s.spcname::text as tablespace,
               quote_ident(pn.nspname) || '.' || quote_ident(p.relname) as parent,
               st.targets as statistics,
               x.extensions as depends_on_extensions,
               d.description as comment,
               i.indexrelid
          from pg_index i
          join pg_class ic on ic.oid = i.indexrelid
          join pg_class c on c.oid = i.indrelid
          join pg_namespace n on n.oid = c.relnamespace
          left join pg_tablespace s on s.oid = ic.reltablespace
          left join pg_inherits h on h.inhrelid = ic.oid
          left join pg_class p on p.oid = h.inhparent
          left join pg_namespace pn on pn.oid = p.relnamespace
          left join (select a.attrelid, array_agg(a.attnum || '=' || a.attstattarget order by a.attnum) as targets
                       from pg_attribute a join pg_index si on si.indexrelid = a.attrelid
                      where a.attstattarget >= 0 and si.indexprs is not null
                      group by a.attrelid) st on st.attrelid = ic.oid
          left join (select dx.objid, array_agg(quote_ident(e.extname) order by e.extname collate "C") as extensions
                       from pg_depend dx join pg_extension e on e.oid = dx.refobjid
                      where dx.refclassid = 'pg_extension'::regclass and dx.classid = 'pg_class'::regclass
                        and dx.deptype = 'x'
                      group by dx.objid) x on x.objid = ic.oid
          left join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = ic.oid and d.objsubid = 0
         where not exists (select from pg_constraint k
                            where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
           and not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
           and c.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                             and classid = 'pg_class'::regclass and deptype = 'e')
         order by i.indrelid offset 0) q
