create function public.n() returns int language plpgsql as $$ begin return 1; end $$;
