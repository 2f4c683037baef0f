create function public.f() returns int language sql as 'select 1';
alter function public.f() owner to pg_monitor;
comment on function public.f() is 'old';
