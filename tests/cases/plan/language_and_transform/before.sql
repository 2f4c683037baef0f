create language plmine handler plpgsql_call_handler;
create function public.in_mine() returns int language plmine as $$ begin return 1; end $$;
