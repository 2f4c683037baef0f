create table reservations (
  id uuid primary key default gen_random_uuid(),
  title_id bigint not null references catalogue.titles on delete cascade,
  member_id uuid not null references members on delete cascade,
  position int not null,
  created_at timestamptz not null default now(),
  unique (title_id, member_id),
  unique (title_id, position) deferrable initially deferred
);
alter table reservations enable row level security;
create policy "own reservations" on reservations for all to authenticated
  using (member_id in (select id from members where user_id = (select auth.uid())));
