create table if not exists public.a (id int primary key);
alter table public.a enable row level security;
-- expect: 1 policy-on-new-tables
