create function public.add2(int, int) returns int language sql immutable as 'select $1 + $2';
create aggregate public.sum2(int) (sfunc = public.add2, stype = int, initcond = '0');
create aggregate public.cnt(*) (sfunc = int8inc, stype = int8, initcond = '0');
comment on aggregate public.cnt(*) is 'counts';
