select 1;
alter table storage.objects disable row level security;
