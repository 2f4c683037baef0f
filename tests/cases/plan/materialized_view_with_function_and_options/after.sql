create function public.n() returns bigint language sql immutable as 'select 1::bigint';
create materialized view public.m with (autovacuum_enabled = false, fillfactor = 80) as select public.n() as n;
grant select on public.m to pg_monitor;
comment on materialized view public.m is 'kept';
