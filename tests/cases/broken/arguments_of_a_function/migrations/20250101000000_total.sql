create function public.total(of int) returns int language sql as $$ select 1 $$;
