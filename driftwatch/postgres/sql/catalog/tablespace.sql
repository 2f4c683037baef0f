-- tablespace: options and grants; the place on the disk is the machine's own matter.
select '' as schema,
       quote_ident(t.spcname) as identity,
       case when t.spcoptions is not null
            then array(select o from unnest(t.spcoptions) o order by o collate "C") end as options,
       quote_ident(pg_get_userbyid(t.spcowner)) as owner,
       coalesce(t.spcacl, acldefault('t', t.spcowner))::text[] as acl,
       acldefault('t', t.spcowner)::text[] as acl_default,
       d.description as comment
  from pg_tablespace t
  left join pg_shdescription d on d.classoid = 'pg_tablespace'::regclass and d.objoid = t.oid
 where not starts_with(t.spcname, 'pg_')
