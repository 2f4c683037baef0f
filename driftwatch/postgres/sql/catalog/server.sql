-- server: foreign servers. Values of secret-looking options are hidden.
select '' as schema,
       quote_ident(s.srvname) as identity,
       quote_ident(w.fdwname) as wrapper,
       s.srvtype as type,
       s.srvversion as version,
       case when s.srvoptions is not null
            then array(select regexp_replace(o, '^([^=]*(secret|passw|token|key|private)[^=]*)=.*$', E'\\1=(hidden)', 'i')
                         from unnest(s.srvoptions) o order by o collate "C") end as options,
       quote_ident(pg_get_userbyid(s.srvowner)) as owner,
       coalesce(s.srvacl, acldefault('S', s.srvowner))::text[] as acl,
       acldefault('S', s.srvowner)::text[] as acl_default,
       d.description as comment
  from pg_foreign_server s
  join pg_foreign_data_wrapper w on w.oid = s.srvfdw
  left join pg_description d on d.classoid = 'pg_foreign_server'::regclass and d.objoid = s.oid and d.objsubid = 0
 where s.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_foreign_server'::regclass and deptype = 'e')
