create policy p on public.t for select using (id = 1);
drop policy if exists "read own" on public.other;
create policy "read own" on public.t for select using (id = 1);
create table if not exists public.u (id int primary key);
alter table public.u enable row level security;
create policy p on public.u for select using (id = 1);
-- expect: 1 policy-dropped-first
-- expect: 3 policy-dropped-first
-- expect: 6 policy-dropped-first
