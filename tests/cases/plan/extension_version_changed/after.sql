create extension citext version '1.6';
create domain public.email as public.citext check (value <> '');
