create function public.one() returns int language sql return 1;
create view public.ones as select public.one() as n;
create function public.count_ones() returns bigint language sql begin atomic select count(*) from public.ones; select count(*) + 1 from public.ones; end;
create view public.counted as select public.count_ones() as c;
