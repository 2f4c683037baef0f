create table public.events (id bigint, at timestamptz)
  with (parallel_workers = 2, fillfactor = 70, autovacuum_enabled = true);
create table public.logs (id bigint unique with (fillfactor = 80), line text)
  with (vacuum_truncate = false, fillfactor = 90, toast.vacuum_truncate = false, toast.autovacuum_enabled = false);
alter table public.logs alter line set (n_distinct_inherited = 5, n_distinct = 7);
create view public.recent with (security_invoker = true, security_barrier = true) as select id from public.events;
create view public.old with (security_invoker = true, check_option = cascaded, security_barrier = false) as
  select id from public.events where id < 9;
create index events_at on public.events (at) with (deduplicate_items = off, fillfactor = 60);
create function public.clean() returns void language sql set statement_timeout to '1s' set search_path to 'public'
  as 'select 1';
create function public.wipe() returns void language sql set work_mem to '8MB' set search_path to 'public'
  as 'select 1';
create function public.note() returns event_trigger language plpgsql as 'begin end';
create event trigger watch on ddl_command_end when tag in ('DROP TABLE', 'CREATE TABLE', 'ALTER TABLE')
  execute function public.note();
