create function public.n() returns int language sql immutable as 'select 1';
create materialized view public.m with (fillfactor = 70) as select public.n() as n;
grant select on public.m to pg_monitor;
comment on materialized view public.m is 'kept';
