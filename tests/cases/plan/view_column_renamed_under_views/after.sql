create view public.a as select 1 as "X y";
create view public.b as select "X y" as x from public.a;
create view public.c as select x from public.b union all select "X y" from public.a;
alter view public.b owner to pg_monitor;
