alter table profiles add column deleted_at timestamptz;
alter policy profiles_select on profiles using (deleted_at is null);
