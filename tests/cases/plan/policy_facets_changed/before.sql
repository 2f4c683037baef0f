create table public.t (id int, owner text);
alter table public.t enable row level security;
create policy a on public.t for select using (true);
create policy b on public.t as restrictive for all to alice using (id > 0) with check (id > 1);
create policy c on public.t for insert with check (true);
