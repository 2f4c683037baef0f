create table public.profiles (id uuid primary key references auth.users (id) on delete cascade);
alter table public.profiles enable row level security;
create policy own on public.profiles for select to authenticated using ((select auth.uid()) = id);
create or replace function public.on_signup() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id) values (new.id);
  return new;
end;
$$;
create or replace trigger on_signup after insert on auth.users for each row execute function public.on_signup();
