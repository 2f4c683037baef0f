create type public.thing as (a int, b text);
create function public.f(a public.thing) returns int language sql as 'select 1';
