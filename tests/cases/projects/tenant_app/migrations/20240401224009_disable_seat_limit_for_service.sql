-- Imports by the back office were stopped by the seat limit.
create or replace function app_private.enforce_seat_limit() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  used int;
  allowed int;
begin
  if coalesce(auth.role(), '') = 'service_role' then
    return new;
  end if;
  select count(*) into used from public.memberships where org_id = new.org_id;
  select seat_limit into allowed from public.organisations where id = new.org_id;
  if used >= allowed then
    raise exception 'seat limit of % reached', allowed using errcode = 'P0001';
  end if;
  return new;
end $$;
