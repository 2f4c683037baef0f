-- Written twice by two people.
create table public.orders (id bigint primary key);
create table public.users (id uuid primary key, name text);
