create function public.f() returns text language sql as 'select ''1''';
alter function public.f() owner to pg_read_all_data;
comment on function public.f() is 'new';
grant execute on function public.f() to pg_monitor;
