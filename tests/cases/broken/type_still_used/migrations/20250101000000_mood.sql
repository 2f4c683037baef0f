create type public.mood as enum ('glad', 'sad');
create table public.days (mood public.mood);
