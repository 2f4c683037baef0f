create function public.rate() returns numeric language sql immutable as 'select 0.19';
revoke execute on function public.rate() from public;
grant execute on function public.rate() to pg_monitor;
create view public.rates as select public.rate() as rate;
