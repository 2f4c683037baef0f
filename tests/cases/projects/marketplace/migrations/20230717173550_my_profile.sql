create function my_profile() returns profiles language sql stable security definer set search_path = public as
$$ select * from profiles where id = auth.uid() $$;
revoke all on function my_profile() from public, anon;
