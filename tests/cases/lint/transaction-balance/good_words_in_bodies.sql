create or replace function private.f() returns int language plpgsql set search_path = '' as $$
begin
  begin
    return 1;
  end;
end;
$$;
create or replace procedure private.p() language sql begin atomic
  select 1;
end;
