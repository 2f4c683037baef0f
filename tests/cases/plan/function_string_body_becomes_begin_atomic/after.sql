create function public.alpha() returns int language sql as 'select 2';
create function public.zeta() returns int language sql begin atomic select public.alpha(); end;
