create function public.one() returns bigint language sql return 1;
create view public.ones as select public.one() as n, 2 as m;
create function public.count_ones() returns bigint language sql begin atomic select count(m) from public.ones; end;
create view public.counted as select public.count_ones() as c;
