create function public.add2(int, int) returns int language sql immutable as 'select $1 + $2';
create aggregate public.sum2(int) (sfunc = public.add2, stype = int, initcond = '10', combinefunc = public.add2, parallel = safe);
create aggregate public.cnt(*) (sfunc = int8inc, stype = int8, initcond = '5');
grant execute on function public.sum2(int) to pg_monitor;
revoke execute on function public.cnt() from public;
