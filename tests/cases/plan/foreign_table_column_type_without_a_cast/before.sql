create foreign data wrapper wrap;
create server films foreign data wrapper wrap;
create type public.mood as enum ('sad', 'ok');
create foreign table public.film (id integer, code text, mood public.mood, at text) server films;
