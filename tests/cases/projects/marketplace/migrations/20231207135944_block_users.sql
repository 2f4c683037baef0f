create table blocked_users (
  blocker uuid default auth.uid() references profiles on delete cascade,
  blocked uuid references profiles on delete cascade,
  since timestamptz not null default now(),
  constraint blocked_users_pk primary key (blocker, blocked),
  constraint not_oneself check (blocker <> blocked)
);
alter table blocked_users enable row level security;
create policy own_blocks on blocked_users to authenticated using (blocker = (select auth.uid()));
