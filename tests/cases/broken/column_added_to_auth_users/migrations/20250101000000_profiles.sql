create table public.profiles (id uuid primary key references auth.users (id));
alter table auth.users add column nick text;
