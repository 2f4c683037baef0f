-- domain: base type and what it adds; its constraints are objects of their own.
select n.nspname as schema,
       quote_ident(n.nspname) || '.' || quote_ident(t.typname) as identity,
       format_type(t.typbasetype, t.typtypmod) as type,
       t.typnotnull as not_null,
       nullif(nn.conname, t.typname || '_not_null')::text as not_null_name, --@ >=170000
       nnd.description as not_null_comment, --@ >=170000
       coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault) as "default",
       case when t.typcollation <> b.typcollation then t.typcollation::regcollation::text end as "collation",
       quote_ident(pg_get_userbyid(t.typowner)) as owner,
       coalesce(t.typacl, acldefault('T', t.typowner))::text[] as acl,
       acldefault('T', t.typowner)::text[] as acl_default,
       d.description as comment
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  join pg_type b on b.oid = t.typbasetype
  left join pg_constraint nn on nn.contypid = t.oid and nn.contype = 'n' --@ >=170000
  left join pg_description nnd on nnd.classoid = 'pg_constraint'::regclass and nnd.objoid = nn.oid --@ >=170000
  left join pg_description d on d.classoid = 'pg_type'::regclass and d.objoid = t.oid and d.objsubid = 0
 where t.typtype = 'd'
   and not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and t.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_type'::regclass and deptype = 'e')
