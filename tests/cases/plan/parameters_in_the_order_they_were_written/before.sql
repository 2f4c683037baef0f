create table public.events (id bigint, at timestamptz) with (fillfactor = 70, autovacuum_enabled = false);
create table public.logs (id bigint unique with (fillfactor = 80), line text)
  with (toast.autovacuum_vacuum_threshold = 9, toast.autovacuum_enabled = false);
create view public.recent with (security_barrier = true) as select id from public.events;
create index events_at on public.events (at) with (fillfactor = 60);
create function public.clean() returns void language sql set search_path to 'public' set work_mem to '8MB'
  set statement_timeout to '1s' as 'select 1';
create function public.note() returns event_trigger language plpgsql as 'begin end';
