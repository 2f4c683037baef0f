-- role_setting: ALTER ROLE … SET, for every database and for this one. Values of secret-looking names are hidden.
select '' as schema,
       quote_ident(r.rolname) || case when s.setdatabase <> 0 then ' in this database' else '' end as identity,
       quote_ident(r.rolname) as role,
       array(select regexp_replace(o, '^([^=]*(secret|passw|token|api_?key|private)[^=]*)=.*$', E'\\1=(hidden)', 'i')
               from unnest(s.setconfig) o order by o collate "C") as settings
  from pg_db_role_setting s
  join pg_roles r on r.oid = s.setrole
 where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
