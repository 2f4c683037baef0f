create type public.thing as enum ('a');
create function public.f(a public.thing) returns int language sql as 'select 1';
