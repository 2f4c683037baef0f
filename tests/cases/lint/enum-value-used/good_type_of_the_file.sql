create type public.mood as enum ('glad');
alter type public.mood add value if not exists 'sad';
create table if not exists private.t (mood public.mood default 'sad');
