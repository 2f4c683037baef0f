create table dispute_log (
  id bigserial primary key,
  dispute_id bigint references disputes on delete cascade,
  old_state dispute_state,
  new_state dispute_state not null,
  by uuid default auth.uid(),
  at timestamptz default now()
);
alter table dispute_log enable row level security;

create function log_dispute_state() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.dispute_log (dispute_id, old_state, new_state) values (new.id, old.state, new.state);
  return null;
end $$;
create trigger disputes_log after update of state on disputes
  for each row when (old.state is distinct from new.state) execute function log_dispute_state();
