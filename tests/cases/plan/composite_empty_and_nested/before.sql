create type public.nothing as ();
