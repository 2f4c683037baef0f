create view public.a as select 1 as x;
