create or replace function public.watch() returns event_trigger language plpgsql as $$ begin raise notice '%', tg_tag; end $$;
create event trigger watch on ddl_command_end execute function public.watch();
drop event trigger watch;
