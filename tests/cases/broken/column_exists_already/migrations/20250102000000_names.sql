alter table public.users
  add column name text;
