create extension if not exists citext with schema extensions;
drop function my_profile();
alter table profiles alter column username type extensions.citext;
create function my_profile() returns profiles language sql stable security definer set search_path = public as
$$ select * from profiles where id = auth.uid() $$;
revoke all on function my_profile() from public, anon;
