create function public.no() returns event_trigger language plpgsql as $$ begin raise exception 'no'; end $$;
create view public.v as select 1 as x;
create event trigger forbid on ddl_command_start when tag in ('ALTER VIEW', 'CREATE VIEW', 'DROP VIEW') execute function public.no();
