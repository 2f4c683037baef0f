-- optional_tables: those of :names that exist, whether the login may read any of it, whether it sees all rows.
select n.nspname || '.' || c.relname,
       has_schema_privilege(n.oid, 'usage') and has_any_column_privilege(c.oid, 'select'),
       not row_security_active(c.oid)
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 where n.nspname || '.' || c.relname in (:names)
