-- domain_constraint: checks of domains; NOT NULL is the domain's own facet in every version.
select n.nspname as schema,
       quote_ident(k.conname) || ' on ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) as identity,
       quote_ident(n.nspname) || '.' || quote_ident(t.typname) as domain,
       pg_get_constraintdef(k.oid) as definition,
       k.convalidated as validated,
       d.description as comment
  from pg_constraint k
  join pg_type t on t.oid = k.contypid
  join pg_namespace n on n.oid = t.typnamespace
  left join pg_description d on d.classoid = 'pg_constraint'::regclass and d.objoid = k.oid and d.objsubid = 0
 where k.contype = 'c'
   and not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and t.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_type'::regclass and deptype = 'e')
