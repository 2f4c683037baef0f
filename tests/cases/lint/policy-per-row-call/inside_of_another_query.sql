create policy p on public.t for select using (team in (
  select m.team from public.members m where m.id = auth.uid()
));
create policy p on public.t for select using ((select auth.uid() = owner));
-- expect: 2 policy-per-row-call
-- expect: 4 policy-per-row-call
