create or replace function private.f() returns int language sql security definer set search_path = '' as $$ select 1 $$;
create or replace function private.g() returns int language sql security definer set search_path to public, pg_temp as $$ select 1 $$;
create or replace function private.h() returns int language sql security definer set search_path from current as $$ select 1 $$;
create or replace function private.i() returns int language sql security invoker as $$ select 1 $$;
create or replace function private.j() returns int language sql as $$ select 'security definer'::text::int $$;
