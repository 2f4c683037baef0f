-- database_setting: ALTER DATABASE … SET (and ALTER ROLE ALL SET). Values of secret-looking names are hidden.
select '' as schema,
       case when s.setdatabase = 0 then 'all databases' else 'this database' end as identity,
       array(select regexp_replace(o, '^([^=]*(secret|passw|token|api_?key|private)[^=]*)=.*$', E'\\1=(hidden)', 'i')
               from unnest(s.setconfig) o order by o collate "C") as settings
  from pg_db_role_setting s
 where s.setrole = 0
   and s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
