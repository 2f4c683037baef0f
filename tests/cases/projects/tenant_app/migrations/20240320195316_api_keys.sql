create table public.api_keys (
  id           uuid primary key default gen_random_uuid(),
  org_id       uuid not null references public.organisations on delete cascade,
  name         text not null,
  prefix       text not null,
  key_hash     bytea not null,
  scopes       text[] not null default array['read'],
  last_used_at timestamptz,
  revoked_at   timestamptz,
  created_at   timestamptz not null default now(),
  constraint api_keys_scopes_known check (scopes <@ array['read', 'write', 'admin'])
);
create unique index api_keys_hash_uq on public.api_keys using btree (key_hash);

-- the hash must never leave the database through the API
revoke all on public.api_keys from anon, authenticated;
grant select (id, org_id, name, prefix, scopes, last_used_at, revoked_at, created_at) on public.api_keys to authenticated;
grant insert (org_id, name, scopes), update (name, revoked_at) on public.api_keys to authenticated;

alter table public.api_keys enable row level security;
alter table public.api_keys force row level security;
create policy api_keys_admins on public.api_keys for all to authenticated
  using (app_private.has_org_role(org_id, '{owner,admin}'));
create policy api_keys_service on public.api_keys for all to service_role using (true);
