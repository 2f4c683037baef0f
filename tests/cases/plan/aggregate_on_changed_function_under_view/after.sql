create function public.step(acc int, value int) returns int language sql immutable as 'select acc + value';
create function public.final(state int) returns bigint language sql immutable as 'select state::bigint';
create aggregate public.total(int) (sfunc = public.step, stype = int, finalfunc = public.final, initcond = '0');
create view public.totals as select public.total(x) as t from (values (1), (2)) v(x);
comment on aggregate public.total(int) is 'adds';
