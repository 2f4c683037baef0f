-- user_mapping: that it exists. Its options are credentials, and hidden from other readers anyway.
select '' as schema,
       case when m.umuser = 0 then 'PUBLIC' else quote_ident(pg_get_userbyid(m.umuser)) end
         || ' on ' || quote_ident(m.srvname) as identity,
       quote_ident(m.srvname) as server
  from pg_user_mappings m
