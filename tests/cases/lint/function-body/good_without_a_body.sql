do language plpgsql;
create or replace function private.f() returns int language plpgsql;
create or replace function private.g() returns int language plpgsql return 1;
