create function public.agg(a int) returns int language sql as 'select a';
