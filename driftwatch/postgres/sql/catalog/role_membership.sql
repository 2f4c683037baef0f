-- role_membership: who is in which role; inherit and set exist from 16.
select '' as schema,
       quote_ident(m.rolname) || ' in ' || quote_ident(r.rolname) as identity,
       quote_ident(m.rolname) as member,
       quote_ident(r.rolname) as role,
       bool_or(a.admin_option) as admin,
       bool_or(a.inherit_option) as inherit, --@ >=160000
       bool_or(a.set_option) as "set", --@ >=160000
       array_agg(distinct quote_ident(g.rolname) collate "C") filter (where g.rolname is not null) as grantors --@ <160000
       array_agg(quote_ident(g.rolname) || case when grants.several --@ >=160000
                   then case when a.admin_option then ' admin' else '' end --@ >=160000
                        || case when a.inherit_option then ' inherit' else '' end --@ >=160000
                        || case when a.set_option then ' set' else '' end else '' end collate "C" --@ >=160000
                 order by quote_ident(g.rolname) collate "C") --@ >=160000
         filter (where g.rolname is not null) as grantors --@ >=160000
  from pg_auth_members a
  join pg_roles m on m.oid = a.member
  join pg_roles r on r.oid = a.roleid
  left join pg_roles g on g.oid = a.grantor
  left join (select roleid, member, true as several from pg_auth_members --@ >=160000
              group by roleid, member having count(*) > 1) grants using (roleid, member) --@ >=160000
 where not starts_with(m.rolname, 'pg_')
 group by m.rolname, r.rolname
