create function public.f(a int) returns int language sql immutable strict security definer leakproof parallel safe cost 7 as 'select a';
create function public.g() returns setof int language sql stable rows 2000 as 'select 1';
create function public.h() returns int language plpgsql set search_path = public, "Odd One" set work_mem = '1MB' as $$ begin return 1; end $$;
