create schema hooks;
create function hooks.on_ddl() returns event_trigger language plpgsql as $$ begin null; end $$;
create event trigger watch on ddl_command_end execute function hooks.on_ddl();
create view public.come as select 1 as x;
