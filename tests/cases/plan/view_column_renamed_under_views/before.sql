create view public.a as select 1 as x;
create view public.b as select x from public.a;
create view public.c as select x from public.b union all select x from public.a;
alter view public.b owner to pg_monitor;
