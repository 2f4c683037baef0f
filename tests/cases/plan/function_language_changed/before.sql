create function public.n() returns int language sql as 'select 1';
