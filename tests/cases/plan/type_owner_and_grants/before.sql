create type public.a as enum ('x');
alter type public.a owner to pg_monitor;
create type public.b as (x int);
create domain public.c as int;
