create table public.invitations (
  id          uuid primary key default gen_random_uuid(),
  org_id      uuid not null references public.organisations on delete cascade,
  email       extensions.citext not null,
  role        public.org_role not null default 'member',
  token       text not null unique default encode(extensions.gen_random_bytes(24), 'hex'),
  invited_by  uuid not null references public.profiles on delete cascade default auth.uid(),
  expires_at  timestamptz not null default now() + interval '7 days',
  accepted_at timestamptz,
  created_at  timestamptz not null default now(),
  constraint invitations_no_owner check (role <> 'owner')
);

-- only one open invitation per address and organisation
create unique index invitations_open_uq on public.invitations (org_id, email) where accepted_at is null;

alter table public.invitations enable row level security;

create policy "admins manage invitations" on public.invitations
  for all to authenticated
  using (app_private.has_org_role(org_id, '{owner,admin}'))
  with check (app_private.has_org_role(org_id, '{owner,admin}'));

create policy "invitee sees the invitation" on public.invitations
  for select to authenticated
  using (email::text = (auth.jwt() ->> 'email'));
