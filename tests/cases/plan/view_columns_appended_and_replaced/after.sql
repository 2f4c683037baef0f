create view public.a as select 2 as x, 'new'::text as y;
create view public.b as select x from public.a;
grant select on public.a to pg_monitor;
comment on view public.a is 'more';
