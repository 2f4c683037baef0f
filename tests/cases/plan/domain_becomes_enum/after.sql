create type public.kind as enum ('a', 'b');
create function public.f(k public.kind) returns int language sql as 'select 1';
