create function public.add(a numeric, b numeric) returns numeric language sql immutable as 'select a + b';
create aggregate public.total(numeric) (sfunc = public.add, stype = numeric, initcond = '0');
create table public.t (id int, n numeric);
create view public.v as select public.total(n) as t from public.t;
create materialized view public.m as select public.total(n) as t from public.t;
