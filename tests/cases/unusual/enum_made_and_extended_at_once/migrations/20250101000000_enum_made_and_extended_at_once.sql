create type public.mood as enum ('glad');
alter type public.mood add value 'sad';
create table public.days (mood public.mood default 'sad');
alter table public.days enable row level security;
