-- driftwatch: allow policy-on-new-tables only the service role reads it
create table if not exists public.a (id int primary key);
alter table public.a enable row level security;
