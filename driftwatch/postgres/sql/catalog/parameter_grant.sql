-- parameter_grant: GRANT … ON PARAMETER.
select '' as schema,
       p.parname as identity,
       p.paracl::text[] as acl,
       acldefault('p', 10)::text[] as acl_default
  from pg_parameter_acl p
