create type public.org_status as enum ('trial', 'active', 'suspended');

create table public.organisations (
  id         uuid primary key default gen_random_uuid(),
  name       text not null check (char_length(name) between 2 and 80),
  slug       text not null unique check (slug ~ '^[a-z0-9](-?[a-z0-9])*$'),
  status     public.org_status not null default 'trial',
  settings   jsonb not null default '{}'::jsonb,
  created_by uuid references public.profiles (id) on delete set null,
  created_at timestamptz not null default now()
);

alter table public.organisations enable row level security;
