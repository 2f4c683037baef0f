-- The project began in the hosted SQL editor; this is what the first migration takes for granted.
create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  username text unique,
  unit text default 'kg'
);

create table public.exercises (
  id serial primary key,
  name text not null unique,
  muscle_group text
);
insert into public.exercises (name, muscle_group) values ('Squat', 'legs'), ('Deadlift', 'back'), ('Bench press', 'chest');

create table public.workouts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references public.profiles (id) on delete cascade,
  started_at timestamptz not null default now(),
  updated_at timestamptz
);

alter table public.profiles enable row level security;
alter table public.workouts enable row level security;
create policy "Users can view own workouts" on public.workouts for select using (auth.uid() = user_id);
create policy "Users can insert own workouts" on public.workouts for insert with check (auth.uid() = user_id);

create function public.handle_new_user() returns trigger language plpgsql security definer as $$
begin
  insert into public.profiles (id, username) values (new.id, new.raw_user_meta_data ->> 'username');
  return new;
end $$;
create trigger on_auth_user_created after insert on auth.users
  for each row execute function public.handle_new_user();

create function public.set_updated_at_legacy() returns trigger language plpgsql as
$$ begin new.updated_at = now(); return new; end $$;
create trigger set_updated_at before update on public.workouts
  for each row execute function public.set_updated_at_legacy();
