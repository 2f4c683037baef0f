drop policy if exists p on public.t;
create policy p on public.t for select using (id = 1);
drop policy if exists "Read" on "T";
create policy "Read" on public."T" for select using (id = 1);
