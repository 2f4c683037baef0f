create table admins (user_id uuid primary key references profiles on delete cascade);
alter table admins enable row level security;
create function is_admin() returns boolean language sql stable security definer set search_path = '' as
  'select exists (select from public.admins a where a.user_id = auth.uid())';
