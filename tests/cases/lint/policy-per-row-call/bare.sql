create policy p on public.t for select using (auth.uid() = owner);
create policy p on public.t for select using (
  owner = 1
  or auth.role() = 'authenticated'
);
create policy p on public.t for insert with check (current_setting('app.tenant')::int = tenant);
alter policy p on public.t using ((auth.jwt() ->> 'sub') = owner);
-- expect: 1 policy-per-row-call
-- expect: 4 policy-per-row-call
-- expect: 6 policy-per-row-call
-- expect: 7 policy-per-row-call
