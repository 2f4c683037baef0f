-- user_mapping: its options are there only for its own user and the server's owner, and never what looks secret.
select '' as schema,
       case when m.umuser = 0 then 'PUBLIC' else quote_ident(pg_get_userbyid(m.umuser)) end
         || ' on ' || quote_ident(m.srvname) as identity,
       quote_ident(m.srvname) as server,
       case when m.umoptions is not null
            then array(select regexp_replace(o, '^([^=]*(secret|passw|token|key|private)[^=]*)=.*$', E'\\1=(hidden)', 'i')
                         from unnest(m.umoptions) o order by o collate "C") end as options
  from pg_user_mappings m
