create or replace function private.f() returns int language sql as $$ select retrun 1 $$;
create or replace function private.g() returns int language plv8 as $$ return 1; $$;
