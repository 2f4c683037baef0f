create table notifications (
  id bigint generated always as identity primary key,
  user_id uuid not null references profiles on delete cascade,
  type text not null,
  data jsonb not null default '{}',
  seen boolean not null default false,
  created_at timestamptz not null default now()
);
alter table notifications enable row level security;
create policy "own notifications" on notifications for select using (user_id = auth.uid());
