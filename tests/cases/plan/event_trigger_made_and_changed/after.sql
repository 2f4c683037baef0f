create function public.on_ddl() returns event_trigger language plpgsql as $$ begin perform 1; end $$;
create event trigger watch on ddl_command_end when tag in ('CREATE TABLE', 'CREATE VIEW') execute function public.on_ddl();
comment on event trigger watch is 'looks';
create event trigger "Odd one" on sql_drop when tag in ('DROP TABLE') execute function public.on_ddl();
alter event trigger "Odd one" enable always;
create event trigger asleep on ddl_command_end execute function public.on_ddl();
alter event trigger asleep disable;
