drop policy "Users read their own profile" on public.profiles;

create policy "Users read profiles of fellow members" on public.profiles
  for select to authenticated
  using (
    id = (select auth.uid())
    or exists (
      select 1 from public.memberships m
       where m.user_id = profiles.id
         and m.org_id in (select app_private.org_ids_of_current_user())
    )
  );
