create function public.twice(a int) returns int language sql immutable as 'select $1 * 2';
comment on function public.twice(int) is 'doubles';
grant execute on function public.twice(int) to pg_monitor with grant option;
create view public.v as select public.twice(2) as four;
create view public.w as select four + public.twice(1) as six from public.v;
comment on column public.w.six is 'half a dozen';
