create view public.a as select 1 as x;
create view public.b as select x from public.a;
grant select on public.a to pg_monitor;
