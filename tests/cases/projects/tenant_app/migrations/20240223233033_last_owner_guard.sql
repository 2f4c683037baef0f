-- An organisation must never lose its last owner.
create function app_private.keep_last_owner() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if old.role = 'owner'
     and (tg_op = 'DELETE' or new.role <> 'owner')
     and exists (select from public.organisations o where o.id = old.org_id)
     and not exists (
       select 1 from public.memberships m
        where m.org_id = old.org_id and m.role = 'owner' and m.user_id <> old.user_id
     )
  then
    raise exception 'organisation % needs at least one owner', old.org_id
      using errcode = 'check_violation';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end
$$;

create trigger memberships_keep_last_owner
  before update of role or delete on public.memberships
  for each row execute function app_private.keep_last_owner();
