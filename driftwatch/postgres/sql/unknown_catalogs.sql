-- unknown_catalogs: system catalogs that are not among those we know, which a newer or another server may have.
select c.relname
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = 'pg_catalog' and c.relkind = 'r' and c.oid < 16384
   and c.relname not in (:known)
