create extension pg_stat_statements;
create extension hstore;
revoke all on public.pg_stat_statements from public;
grant select on public.pg_stat_statements to alice;
grant usage on type public.hstore to bob;
