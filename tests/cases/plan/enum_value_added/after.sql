create type public.mood as enum ('angry', 'sad', 'ok', 'fine', 'happy', 'it''s great');
create function public.cheer(m public.mood) returns text language sql immutable as 'select m::text';
create view public.moods as select 'ok'::public.mood as m, 'it''s great'::public.mood as n;
