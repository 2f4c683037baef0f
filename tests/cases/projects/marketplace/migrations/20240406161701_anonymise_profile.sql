create or replace function anonymise_me() returns void language plpgsql security definer set search_path = public as $$
begin
  update profiles
     set username = 'deleted_' || left(md5(id::text), 10), full_name = null, avatar_url = null, bio = null, website = null, deleted_at = now()
   where id = auth.uid();
  delete from addresses where user_id = auth.uid();
  delete from saved_searches where user_id = auth.uid();
end $$;
revoke execute on function anonymise_me() from public, anon;
