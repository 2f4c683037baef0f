create function public.f(a int) returns int language sql as 'select a';
create function public.g() returns setof int language sql rows 5 as 'select 1';
create function public.h() returns int language plpgsql set search_path = '' set statement_timeout = '5s' as $$ begin return 1; end $$;
