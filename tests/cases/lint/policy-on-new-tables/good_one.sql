create table if not exists public.a (id int primary key);
alter table public.a enable row level security;
create policy "may read" on public.a for select to authenticated using (true);
