create view public.a as select 1::bigint as x, 2 as y;
create function public.all_a() returns setof public.a language sql as 'select * from public.a';
create view public.again as select x from public.all_a();
