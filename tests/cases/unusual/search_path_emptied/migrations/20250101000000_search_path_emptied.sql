select pg_catalog.set_config('search_path', '', false);
create table public.a (id int primary key);
alter table public.a enable row level security;
