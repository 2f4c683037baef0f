create domain public.kind as text check (value in ('a', 'b'));
create function public.f(k public.kind) returns int language sql as 'select 1';
