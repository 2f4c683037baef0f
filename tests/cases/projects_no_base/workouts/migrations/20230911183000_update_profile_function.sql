create or replace function public.handle_new_user() returns trigger
language plpgsql security definer set search_path = public as $$
begin
  insert into public.profiles (id, username, unit) values (new.id, new.raw_user_meta_data ->> 'username', 'kg');
  return new;
end $$;
