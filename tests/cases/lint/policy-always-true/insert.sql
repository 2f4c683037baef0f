create policy p on public.t for insert to anon, service_role with check (true);
create policy p on public.t for insert to authenticated with check ('t'::boolean);
create policy p on public.t for update to authenticated using (1 = 1) with check (id = 1);
create policy p on public.t for delete to public using ((true));
-- expect: 1 policy-always-true
-- expect: 2 policy-always-true
-- expect: 3 policy-always-true
-- expect: 4 policy-always-true
