create policy p on public.t for all using (true);
create policy p on public.t using (true) with check (true);
-- expect: 1 policy-always-true
-- expect: 2 policy-always-true
