create type public.mood as enum ('glad');
create table public.days (id int primary key, mood public.mood);
