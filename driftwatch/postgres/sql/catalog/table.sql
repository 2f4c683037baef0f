-- table, foreign_table: relations that hold rows; partitioned ones and partitions are tables.
-- column_order is apart from the columns, because a dump itself may reorder inherited ones.
select case c.relkind when 'f' then 'foreign_table' else 'table' end as kind,
       n.nspname as schema,
       quote_ident(n.nspname) || '.' || quote_ident(c.relname) as identity,
       case c.relpersistence when 'u' then 'unlogged' else 'permanent' end as persistence,
       quote_ident(pg_get_userbyid(c.relowner)) as owner,
       coalesce(c.relacl, acldefault('r', c.relowner))::text[] as acl,
       acldefault('r', c.relowner)::text[] as acl_default,
       array(select quote_ident(a.attname) from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as column_order,
       case when c.reloptions is not null
            then array(select o from unnest(c.reloptions) o order by o collate "C") end as options,
       case when t.reloptions is not null
            then array(select o from unnest(t.reloptions) o order by o collate "C") end as toast_options,
       c.relrowsecurity as row_security,
       c.relforcerowsecurity as force_row_security,
       case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partition_key,
       case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end as partition_bound,
       h.parents,
       s.spcname::text as tablespace,
       am.amname::text as access_method,
       case c.relreplident when 'n' then 'nothing' when 'f' then 'full' when 'i' then 'index'
                           else 'default' end as replica_identity,
       case when c.reloftype <> 0 then format_type(c.reloftype, null) end as of_type,
       quote_ident(fs.srvname) as server,
       case when f.ftoptions is not null
            then array(select o from unnest(f.ftoptions) o order by o collate "C") end as foreign_options,
       d.description as comment
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_class t on t.oid = c.reltoastrelid and t.reloptions is not null
  left join pg_tablespace s on s.oid = c.reltablespace
  left join pg_am am on am.oid = c.relam
  left join pg_foreign_table f on f.ftrelid = c.oid
  left join pg_foreign_server fs on fs.oid = f.ftserver
  left join (select i.inhrelid,
                    array_agg(quote_ident(pn.nspname) || '.' || quote_ident(p.relname)
                              || case when i.inhdetachpending then ' (detach pending)' else '' end
                              order by i.inhseqno) as parents
               from pg_inherits i
               join pg_class p on p.oid = i.inhparent and p.relkind in ('r', 'p', 'f')
               join pg_namespace pn on pn.oid = p.relnamespace
              group by i.inhrelid) h on h.inhrelid = c.oid
  left join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid and d.objsubid = 0
 where c.relkind in ('r', 'p', 'f')
   and not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_class'::regclass and deptype = 'e')
