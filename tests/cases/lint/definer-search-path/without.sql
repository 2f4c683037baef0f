create or replace function private.f() returns int language sql security definer as $$ select 1 $$;
create or replace procedure private.p() language sql security definer set statement_timeout = '1s' as $$ select 1 $$;
-- expect: 1 definer-search-path
-- expect: 2 definer-search-path
