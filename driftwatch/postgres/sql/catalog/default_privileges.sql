-- default_privileges: they change the grants of every later object. One without a schema replaces the built-in
-- default, one in a schema adds to it, so only the former has a default to compare with.
select coalesce(n.nspname::text, '') as schema,
       'for role ' || quote_ident(pg_get_userbyid(a.defaclrole))
         || coalesce(' in schema ' || quote_ident(n.nspname), '')
         || ' on ' || case a.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
                        when 'T' then 'types' when 'n' then 'schemas' else 'large objects' end as identity,
       quote_ident(pg_get_userbyid(a.defaclrole)) as role,
       a.defaclacl::text[] as acl,
       case when a.defaclnamespace = 0
            then acldefault(case a.defaclobjtype when 'S' then 's' else a.defaclobjtype end,
                            a.defaclrole)::text[] end as acl_default
  from pg_default_acl a
  left join pg_namespace n on n.oid = a.defaclnamespace
