alter table public.organisations
  add column seat_limit integer not null default 5,
  add column storage_limit_mb integer not null default 1024,
  add constraint organisations_limits_positive check (seat_limit > 0 and storage_limit_mb >= 0);

create function app_private.enforce_seat_limit() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  used int;
  allowed int;
begin
  select count(*) into used from public.memberships where org_id = new.org_id;
  select seat_limit into allowed from public.organisations where id = new.org_id;
  if used >= allowed then
    raise exception 'seat limit of % reached', allowed using errcode = 'P0001';
  end if;
  return new;
end $$;

create trigger memberships_seat_limit before insert on public.memberships
  for each row execute function app_private.enforce_seat_limit();
