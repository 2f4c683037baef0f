-- constraint: of tables; a primary key, unique or exclusion constraint carries its index (index_* facets).
-- Out: NOT NULL (a column's facet), the helper rows that a foreign key to a partitioned table makes on its own table.
select n.nspname as schema,
       quote_ident(k.conname) || ' on ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as identity,
       quote_ident(n.nspname) || '.' || quote_ident(c.relname) as "table",
       case k.contype when 'c' then 'check' when 'f' then 'foreign key' when 'p' then 'primary key'
                      when 'u' then 'unique' when 'x' then 'exclude' end as type,
       pg_get_constraintdef(k.oid) as definition,
       k.convalidated as validated,
       k.condeferrable as "deferrable",
       k.condeferred as deferred,
       case when k.contype = 'c' then k.connoinherit end as no_inherit,
       k.conislocal as local,
       k.coninhcount::int as inherited,
       quote_ident(pk.conname) as parent,
       case when k.contype = 'f'
            then k.oid in (select tgconstraint from pg_trigger where tgisinternal and tgenabled <> 'O') end
         as triggers_disabled,
       i.indisvalid as index_valid,
       i.indisclustered as index_clustered,
       i.indisreplident as index_replica_identity,
       case when ic.reloptions is not null
            then array(select o from unnest(ic.reloptions) o order by o collate "C") end as index_options,
       s.spcname::text as index_tablespace,
       st.targets as index_statistics,
       x.extensions as index_depends_on_extensions,
       id.description as index_comment,
       d.description as comment
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_constraint pk on pk.oid = k.conparentid
  left join pg_index i on i.indexrelid = k.conindid and k.contype in ('p', 'u', 'x')
  left join pg_class ic on ic.oid = i.indexrelid
  left join pg_tablespace s on s.oid = ic.reltablespace
  left join (select a.attrelid, array_agg(a.attnum || '=' || a.attstattarget order by a.attnum) as targets
               from pg_attribute a join pg_index si on si.indexrelid = a.attrelid
              where a.attstattarget >= 0 and si.indexprs is not null
              group by a.attrelid) st on st.attrelid = ic.oid
  left join (select dx.objid, array_agg(quote_ident(e.extname) order by e.extname collate "C") as extensions
               from pg_depend dx join pg_extension e on e.oid = dx.refobjid
              where dx.refclassid = 'pg_extension'::regclass and dx.classid = 'pg_class'::regclass
                and dx.deptype = 'x'
              group by dx.objid) x on x.objid = ic.oid
  left join pg_description id on id.classoid = 'pg_class'::regclass and id.objoid = ic.oid and id.objsubid = 0
  left join pg_description d on d.classoid = 'pg_constraint'::regclass and d.objoid = k.oid and d.objsubid = 0
 where k.contype in ('c', 'f', 'p', 'u', 'x')
   and (pk.conrelid is null or pk.conrelid <> k.conrelid)
   and not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_class'::regclass and deptype = 'e')
