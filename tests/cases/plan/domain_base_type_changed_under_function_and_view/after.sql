create domain public.code as text collate "C" check (value <> '');
grant usage on domain public.code to pg_monitor;
create domain public.short_code as public.code check (length(value) < 5);
create function public.shout(c public.code) returns text language sql immutable as 'select upper(c)';
create view public.codes as select 'x'::public.code as c, public.shout('y') as s;
create type public.boxed as (c public.code);
