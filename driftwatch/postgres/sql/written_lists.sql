-- Lists of several that mean the same in any order, and that a dump shows in the order they were written in:
-- identity, facet, the list as it is stored.
select quote_ident(n.nspname) || '.' || quote_ident(c.relname), 'options', c.reloptions
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p', 'v', 'm') and cardinality(c.reloptions) > 1
 union all
select quote_ident(n.nspname) || '.' || quote_ident(c.relname), 'toast_options', t.reloptions
  from pg_class t join pg_class c on c.reltoastrelid = t.oid join pg_namespace n on n.oid = c.relnamespace
 where t.relkind = 't' and cardinality(t.reloptions) > 1
 union all
select quote_ident(k.conname) || ' on ' || quote_ident(n.nspname) || '.' || quote_ident(r.relname), 'index_options',
       c.reloptions
  from pg_class c
  join pg_constraint k on k.conindid = c.oid and k.contype in ('p', 'u', 'x')
  join pg_class r on r.oid = k.conrelid
  join pg_namespace n on n.oid = r.relnamespace
 where c.relkind in ('i', 'I') and cardinality(c.reloptions) > 1
 union all
select quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(a.attname), 'options', a.attoptions
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
 where cardinality(a.attoptions) > 1
 union all
select quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')',
       'settings', p.proconfig
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where cardinality(p.proconfig) > 1
 union all
select quote_ident(evtname), 'tags', evttags from pg_event_trigger where cardinality(evttags) > 1
 union all
select quote_ident(subname), 'publications', subpublications
  from pg_subscription s
 where cardinality(subpublications) > 1 and subdbid = (select oid from pg_database where datname = current_database())
