set check_function_bodies = off;
create function public.count_them() returns bigint language sql as $$ select count(*) from public.them $$;
create table public.them (id int primary key);
alter table public.them enable row level security;
