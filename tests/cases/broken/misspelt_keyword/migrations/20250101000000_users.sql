create table public.users (id uuid primary key);

alter tabel public.users add column name text;
