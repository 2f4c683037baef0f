create view public.b as select 1 as x;
create view public.a as select x from public.b;
