create policy p on public.t for select using (
  ((select auth.jwt()) -> 'user_metadata' ->> 'role') = 'admin'
);
-- expect: 2 policy-user-metadata
