-- Restrictive policy: nothing may be written while an organisation is suspended.
create function app_private.org_is_writable(_org uuid) returns boolean
language sql stable security definer set search_path = '' as
$$ select status <> 'suspended' from public.organisations where id = _org $$;

create policy "no writes while suspended" on public.projects
  as restrictive
  for insert
  to authenticated
  with check (app_private.org_is_writable(org_id));

create policy "no edits while suspended" on public.projects
  as restrictive
  for update
  to authenticated
  using (app_private.org_is_writable(org_id));
