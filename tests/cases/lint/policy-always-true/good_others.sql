create policy p on public.t for select using (true);
create policy p on public.t for all to service_role using (true);
create policy p on public.t as restrictive for all using (true);
create policy p on public.t for insert with check (id = 1);
create policy p on public.t for update using (1 = 2);
create policy p on public.t for update using ('true' = name);
