-- schema: namespaces with owner, grants and comment.
select n.nspname as schema,
       quote_ident(n.nspname) as identity,
       quote_ident(pg_get_userbyid(n.nspowner)) as owner,
       coalesce(n.nspacl, acldefault('n', n.nspowner))::text[] as acl,
       acldefault('n', n.nspowner)::text[] as acl_default,
       d.description as comment
  from pg_namespace n
  left join pg_description d on d.classoid = 'pg_namespace'::regclass and d.objoid = n.oid and d.objsubid = 0
 where not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and n.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_namespace'::regclass and deptype = 'e')
