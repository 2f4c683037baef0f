create type public.size as enum ('l', 's', 'm');
grant usage on type public.size to pg_monitor;
create domain public.wearable as public.size check (value <> 'l');
create function public.bigger(a public.size) returns public.size language sql immutable as $$ select 'l'::public.size $$;
comment on function public.bigger(public.size) is 'next';
create function public.many(a public.size[]) returns int language sql immutable as 'select 1';
create view public.sizes as select public.bigger('s') as b, array['m']::public.size[] as all_of;
create type public.shirt as (size public.size, sizes public.size[], color text);
