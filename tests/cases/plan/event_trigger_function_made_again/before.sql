create function public.on_ddl() returns event_trigger language plpgsql as $$ begin null; end $$;
create event trigger watch on ddl_command_end execute function public.on_ddl();
create view public.gone as select 1 as x;
