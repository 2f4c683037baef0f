create table public.accounts (
  id uuid primary key references auth.users (id),
  display_name text,
  time_zone text not null default 'UTC',
  created_at timestamptz not null default now()
);

create table public.devices (
  id bigint generated always as identity primary key,
  account_id uuid not null references public.accounts on delete cascade,
  push_token text not null unique,
  platform text not null check (platform in ('ios', 'android', 'web')),
  last_seen timestamptz
);

-- RLS comes from the event trigger, the policies from here
create policy own_account on public.accounts to authenticated using (id = auth.uid()) with check (id = auth.uid());
create policy own_devices on public.devices to authenticated using (account_id = auth.uid()) with check (account_id = auth.uid());
