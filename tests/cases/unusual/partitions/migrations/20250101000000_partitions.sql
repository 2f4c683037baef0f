create table public.events (at timestamptz not null, id bigint generated always as identity, primary key (at, id)) partition by range (at);
create table public.events_25 partition of public.events for values from ('2025-01-01') to ('2026-01-01');
create table public.events_rest partition of public.events default;
alter table public.events enable row level security;
alter table public.events_25 enable row level security;
alter table public.events_rest enable row level security;
