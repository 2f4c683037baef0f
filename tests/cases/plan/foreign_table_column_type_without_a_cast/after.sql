create foreign data wrapper wrap;
create server films foreign data wrapper wrap;
create type public.mood as enum ('ok', 'happy');
create foreign table public.film (id uuid, code integer, mood public.mood, at timestamptz) server films;
