create or replace view public.a as select 1 as a;
alter view public.a set (security_invoker = on);
create or replace view public.b as select 1 as a;
drop view public.b;
