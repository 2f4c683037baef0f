create policy "billing contacts see the organisation's invitations"
  on public.invitations for select to authenticated
  using (app_private.has_org_role(org_id, array['billing']::public.org_role[]));

alter table public.invitations drop constraint invitations_no_owner;
alter table public.invitations
  add constraint invitations_role_allowed check (role in ('admin', 'billing', 'member'));
