create type public.org_role as enum ('owner', 'admin', 'member');

create table public.memberships (
  org_id     uuid not null references public.organisations (id) on delete cascade,
  user_id    uuid not null references public.profiles (id) on delete cascade,
  role       public.org_role not null default 'member',
  joined_at  timestamptz not null default now(),
  primary key (org_id, user_id)
);

create index memberships_user_id_idx on public.memberships (user_id);

alter table public.memberships enable row level security;
