begin;

alter policy "admins manage members" on public.memberships
  using (app_private.has_org_role(org_id, '{owner,admin}') or user_id = (select auth.uid()));

alter policy tasks_all on public.tasks rename to "tasks: members of the project's organisation";

drop policy if exists "invitee sees the invitation" on public.invitations;
create policy "invitee sees the invitation" on public.invitations
  for select to authenticated
  using (email = ((select auth.jwt()) ->> 'email')::extensions.citext and expires_at > now());

commit;
