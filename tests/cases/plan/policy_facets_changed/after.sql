create table public.t (id int, owner text);
alter table public.t enable row level security;
create policy a on public.t for select to alice, "Odd Role" using (owner = current_user);
comment on policy a on public.t is 'own rows';
create policy b on public.t for all to alice using (id > 0);
create policy c on public.t for update using (id > 2) with check (id > 3);
create policy "Pol icy" on public.t for delete to "user" using ((select count(*) from public.t) > 1);
