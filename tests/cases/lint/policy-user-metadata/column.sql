create policy p on public.t for select using (exists (
  select 1 from auth.users u where (u.raw_user_meta_data ->> 'admin')::boolean
));
alter policy p on public.t using ((select auth.jwt()) #>> '{user_metadata}' = 'x');
-- expect: 2 policy-user-metadata
-- expect: 4 policy-user-metadata
