alter table public.rooms drop column name
