-- role_membership: who is in which role; inherit and set exist from 16.
select '' as schema,
       quote_ident(m.rolname) || ' in ' || quote_ident(r.rolname) as identity,
       quote_ident(m.rolname) as member,
       quote_ident(r.rolname) as role,
       bool_or(a.admin_option) as admin,
       bool_or(a.inherit_option) as inherit, --@ >=160000
       bool_or(a.set_option) as "set", --@ >=160000
       array_agg(distinct quote_ident(g.rolname) collate "C") filter (where g.rolname is not null) as grantors
  from pg_auth_members a
  join pg_roles m on m.oid = a.member
  join pg_roles r on r.oid = a.roleid
  left join pg_roles g on g.oid = a.grantor
 where not starts_with(m.rolname, 'pg_')
 group by m.rolname, r.rolname
