create text search dictionary plain (template = simple);
create text search configuration plain (copy = simple);
create collation german (locale = 'C');
create conversion latin for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
create text search parser own (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
create text search template own (lexize = dsimple_lexize);
create access method own type table handler heap_tableam_handler;
create function on_ddl() returns event_trigger language plpgsql as $$ begin end $$;
create event trigger watch on ddl_command_end execute function on_ddl();
