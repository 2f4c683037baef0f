create or replace function public.accept_invitation(invite_token text)
returns uuid
language plpgsql
security definer
set search_path = ''
as $fn$
declare
  inv public.invitations;
begin
  select * into inv
    from public.invitations i
   where i.token = invite_token
     and i.accepted_at is null
     for update;

  if not found then
    raise exception 'invitation not found' using errcode = 'P0002';
  end if;

  if inv.expires_at < now() then
    raise exception 'invitation expired' using errcode = 'P0001', hint = 'Ask for a new one.';
  end if;

  insert into public.memberships (org_id, user_id, role)
  values (inv.org_id, auth.uid(), inv.role)
  on conflict (org_id, user_id) do nothing;

  update public.invitations set accepted_at = now() where id = inv.id;
  return inv.org_id;
end;
$fn$;

revoke all on function public.accept_invitation(text) from public, anon;
grant execute on function public.accept_invitation(text) to authenticated;
