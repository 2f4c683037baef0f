-- case: created
create trigger t after insert on app.cache execute function app.touch();
-- expect: added trigger t on app.cache
-- undo
drop trigger t on app.cache;

-- case: dropped
drop trigger orders_touch on app.orders;
-- expect: removed trigger orders_touch on app.orders
-- undo
create trigger orders_touch before update on app.orders for each row
  when (old.note is distinct from new.note) execute function app.touch('a', 'b');

-- case: disabled
alter table app.orders disable trigger orders_touch;
-- expect: changed trigger orders_touch on app.orders: enabled
-- undo
alter table app.orders enable trigger orders_touch;

-- case: replica
alter table app.orders enable replica trigger orders_touch;
-- expect: changed trigger orders_touch on app.orders: enabled
-- undo
alter table app.orders enable trigger orders_touch;

-- case: always
alter table app.orders enable always trigger orders_touch;
-- expect: changed trigger orders_touch on app.orders: enabled
-- undo
alter table app.orders enable trigger orders_touch;

-- case: condition, timing and columns
create or replace trigger orders_touch after update of note on app.orders for each row
  execute function app.touch('a', 'b');
-- expect: changed trigger orders_touch on app.orders: definition
-- undo
create or replace trigger orders_touch before update on app.orders for each row
  when (old.note is distinct from new.note) execute function app.touch('a', 'b');

-- case: arguments
create or replace trigger orders_touch before update on app.orders for each row
  when (old.note is distinct from new.note) execute function app.touch('a', 'c');
-- expect: changed trigger orders_touch on app.orders: definition
-- undo
create or replace trigger orders_touch before update on app.orders for each row
  when (old.note is distinct from new.note) execute function app.touch('a', 'b');

-- case: function
create function public.touch() returns trigger language plpgsql as 'begin return new; end';
create or replace trigger orders_touch before update on app.orders for each row
  when (old.note is distinct from new.note) execute function public.touch('a', 'b');
-- expect: changed trigger orders_touch on app.orders: definition, function, function_schema
-- expect: added function public.touch()
-- undo
create or replace trigger orders_touch before update on app.orders for each row
  when (old.note is distinct from new.note) execute function app.touch('a', 'b');
drop function public.touch();

-- case: deferrable constraint trigger
create constraint trigger c after insert on app.cache deferrable for each row execute function app.touch();
-- expect: added trigger c on app.cache
-- undo
drop trigger c on app.cache;

-- case: on a partitioned table
create trigger t after insert on app.events for each row execute function app.touch();
-- expect: added trigger t on app.events
-- expect: added trigger t on app.events_2024
-- expect: added trigger t on app.events_rest
-- undo
drop trigger t on app.events;

-- case: depends on an extension
alter trigger orders_touch on app.orders depends on extension citext;
-- expect: changed trigger orders_touch on app.orders: depends_on_extensions
-- undo
alter trigger orders_touch on app.orders no depends on extension citext;

-- case: comment
comment on trigger orders_touch on app.orders is 'x';
-- expect: changed trigger orders_touch on app.orders: comment
-- undo
comment on trigger orders_touch on app.orders is null;

-- case: event trigger created
create event trigger e on sql_drop execute function app.on_ddl();
-- expect: added event_trigger e
-- undo
drop event trigger e;

-- case: event trigger disabled
alter event trigger ddl_watch disable;
-- expect: changed event_trigger ddl_watch: enabled
-- undo
alter event trigger ddl_watch enable;

-- case: event trigger's tags
drop event trigger ddl_watch;
create event trigger ddl_watch on ddl_command_end when tag in ('CREATE TABLE') execute function app.on_ddl();
-- expect: changed event_trigger ddl_watch: tags
-- undo
drop event trigger ddl_watch;
create event trigger ddl_watch on ddl_command_end when tag in ('ALTER TABLE', 'CREATE TABLE')
  execute function app.on_ddl();

-- case: event trigger's event
drop event trigger ddl_watch;
create event trigger ddl_watch on ddl_command_start when tag in ('ALTER TABLE', 'CREATE TABLE')
  execute function app.on_ddl();
-- expect: changed event_trigger ddl_watch: event
-- undo
drop event trigger ddl_watch;
create event trigger ddl_watch on ddl_command_end when tag in ('ALTER TABLE', 'CREATE TABLE')
  execute function app.on_ddl();

-- case: event trigger's owner
create role app_super superuser;
alter event trigger ddl_watch owner to app_super;
-- expect: changed event_trigger ddl_watch: owner
-- expect: added role app_super
-- undo
alter event trigger ddl_watch owner to supabase_admin;
drop role app_super;

-- case: event trigger's comment
comment on event trigger ddl_watch is 'x';
-- expect: changed event_trigger ddl_watch: comment
-- undo
comment on event trigger ddl_watch is null;

-- case: no longer a partitioned table's
drop trigger events_touch on app.events;
create trigger events_touch after update on app.events_2024 for each row execute function app.touch();
-- expect: removed trigger events_touch on app.events
-- expect: removed trigger events_touch on app.events_rest
-- expect: changed trigger events_touch on app.events_2024: parent
-- undo
drop trigger events_touch on app.events_2024;
create trigger events_touch after update on app.events for each row execute function app.touch();

-- case: event trigger's function
create function app.on_ddl2() returns event_trigger language plpgsql as $$ begin null; end $$;
drop event trigger ddl_watch;
create event trigger ddl_watch on ddl_command_end when tag in ('ALTER TABLE', 'CREATE TABLE')
  execute function app.on_ddl2();
-- expect: changed event_trigger ddl_watch: function
-- expect: added function app.on_ddl2()
-- undo
drop event trigger ddl_watch;
create event trigger ddl_watch on ddl_command_end when tag in ('ALTER TABLE', 'CREATE TABLE')
  execute function app.on_ddl();
drop function app.on_ddl2();

-- case: transition tables
create trigger orders_batch after update on app.orders referencing old table as before new table as after
  for each statement execute function app.touch();
-- expect: added trigger orders_batch on app.orders
-- undo
drop trigger orders_batch on app.orders;

-- case: of a partition alone
create trigger rest_only before insert on app.events_rest for each row execute function app.touch();
-- expect: added trigger rest_only on app.events_rest
-- undo
drop trigger rest_only on app.events_rest;

-- case: disabled in one partition, with a comment there
alter table app.events_rest disable trigger events_touch;
comment on trigger events_touch on app.events_rest is 'x';
-- expect: changed trigger events_touch on app.events_rest: comment, enabled
-- undo
comment on trigger events_touch on app.events_rest is null;
alter table app.events_rest enable trigger events_touch;

-- case: renamed
alter trigger orders_touch on app.orders rename to orders_touched;
-- expect: added trigger orders_touched on app.orders
-- expect: removed trigger orders_touch on app.orders
-- undo
alter trigger orders_touched on app.orders rename to orders_touch;

-- case: of a foreign table
create trigger far before insert on app.remote_orders for each row execute function app.touch();
-- expect: added trigger far on app.remote_orders
-- undo
drop trigger far on app.remote_orders;

-- case: from another table
create constraint trigger watch after insert on app.orders from app.customers deferrable for each row
  execute function app.touch();
-- expect: added trigger watch on app.orders
-- undo
drop trigger watch on app.orders;

-- case: event trigger on rewrites
create event trigger rewrites on table_rewrite execute function app.on_ddl();
-- expect: added event_trigger rewrites
-- undo
drop event trigger rewrites;
