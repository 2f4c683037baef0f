create table public.users (id uuid primary key)
create index on public.users (id);
