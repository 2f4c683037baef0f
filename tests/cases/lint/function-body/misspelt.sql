create or replace function private.f() returns int language plpgsql as $$
begin
  retrun 1;
end;
$$;
-- expect: 3 function-body
