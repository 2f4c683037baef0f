create function public.alpha() returns int language sql as 'select 1';
create function public.zeta() returns int language sql as 'select public.alpha()';
