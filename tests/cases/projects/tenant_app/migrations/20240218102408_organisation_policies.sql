create policy "members see their organisations" on public.organisations
  for select to authenticated
  using (id in (select app_private.org_ids_of_current_user()));

create policy "anyone signed in may found an organisation" on public.organisations
  for insert to authenticated
  with check (created_by = (select auth.uid()));

create policy "admins edit the organisation" on public.organisations
  for update to authenticated
  using (app_private.has_org_role(id, array['owner', 'admin']::public.org_role[]))
  with check (app_private.has_org_role(id, array['owner', 'admin']::public.org_role[]));

create policy "owners delete the organisation" on public.organisations
  for delete to authenticated
  using (app_private.has_org_role(id, array['owner']::public.org_role[]));

create policy "members see fellow members" on public.memberships
  for select to authenticated
  using (org_id in (select app_private.org_ids_of_current_user()));

create policy "admins manage members" on public.memberships
  for all to authenticated
  using (app_private.has_org_role(org_id, '{owner,admin}'))
  with check (app_private.has_org_role(org_id, '{owner,admin}'));
