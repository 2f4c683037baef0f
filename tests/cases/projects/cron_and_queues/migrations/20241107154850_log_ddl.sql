create table internal.ddl_log (
  at timestamptz not null default clock_timestamp(),
  who name not null default session_user,
  tag text not null,
  object text
);

create or replace function internal.log_drops() returns event_trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into internal.ddl_log (tag, object)
  select tg_tag, object_identity
    from pg_event_trigger_dropped_objects()
   where original and not is_temporary and schema_name not in ('pg_temp', 'internal');
end $$;

create event trigger log_drops on sql_drop execute function internal.log_drops();
