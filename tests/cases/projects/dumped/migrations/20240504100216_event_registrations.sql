create table event_registrations (
  event_id bigint references events on delete cascade,
  member_id uuid references members on delete cascade,
  seats smallint not null default 1 check (seats between 1 and 4),
  primary key (event_id, member_id)
);
alter table event_registrations enable row level security;
create policy "own registrations" on event_registrations to authenticated
  using (exists (select from members m where m.id = member_id and m.user_id = (select auth.uid())));
alter table events add column capacity smallint;
