-- role: attributes of all but the predefined roles; passwords are never read. bootstrap: initdb made it.
select '' as schema,
       quote_ident(r.rolname) as identity,
       r.rolsuper as superuser,
       case when r.oid = 10 then true end as bootstrap,
       r.rolinherit as inherit,
       r.rolcreaterole as create_role,
       r.rolcreatedb as create_db,
       r.rolcanlogin as login,
       r.rolreplication as replication,
       r.rolbypassrls as bypass_rls,
       nullif(r.rolconnlimit, -1) as connection_limit,
       nullif(r.rolvaliduntil, 'infinity')::text as valid_until,
       d.description as comment
  from pg_roles r
  left join pg_shdescription d on d.classoid = 'pg_authid'::regclass and d.objoid = r.oid
 where not starts_with(r.rolname, 'pg_')
