create table public.users (id uuid primary key);
