\set ON_ERROR_STOP on
create table public.users (id uuid primary key);
