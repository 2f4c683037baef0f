create or replace function private.f() returns int language sql security definer as $$ select 1 $$;
alter function private.f() set search_path = '';
