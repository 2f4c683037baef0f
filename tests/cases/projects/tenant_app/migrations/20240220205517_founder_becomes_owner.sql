create function app_private.add_founder() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if new.created_by is not null then
    insert into public.memberships (org_id, user_id, role)
    values (new.id, new.created_by, 'owner');
  end if;
  return null;
end
$$;

create trigger organisations_add_founder
  after insert on public.organisations
  for each row execute function app_private.add_founder();
