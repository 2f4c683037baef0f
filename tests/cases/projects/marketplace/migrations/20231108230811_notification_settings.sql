create table notification_settings (
  user_id uuid primary key default auth.uid() references profiles on delete cascade,
  email boolean not null default true,
  push boolean not null default false,
  muted text[] not null default '{}'
);
alter table notification_settings enable row level security;
create policy own on notification_settings to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
