create table if not exists public.a (id int primary key);
create table if not exists public.b (id int primary key);
alter table public.b enable row level security;
create policy p on public.b for select using (id = 1);
-- expect: 1 rls-on-new-tables
