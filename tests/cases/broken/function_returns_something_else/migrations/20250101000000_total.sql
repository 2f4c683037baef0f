create function public.total() returns int language sql as $$ select 1 $$;
