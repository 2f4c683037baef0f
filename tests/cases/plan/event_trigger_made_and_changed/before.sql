create function public.on_ddl() returns event_trigger language plpgsql as $$ begin null; end $$;
create event trigger watch on ddl_command_start execute function public.on_ddl();
create event trigger "Odd one" on sql_drop when tag in ('DROP TABLE') execute function public.on_ddl();
