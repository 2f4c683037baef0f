create type public.mood as enum ('glad');
create table public.days (mood public.mood default 'angry');
