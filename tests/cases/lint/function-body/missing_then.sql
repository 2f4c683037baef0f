create or replace function private.f(a int)
returns int
language plpgsql
as $body$
begin
  if a > 1
    return 2;
  end if;
  return 1;
end;
$body$;
-- expect: 1 function-body
