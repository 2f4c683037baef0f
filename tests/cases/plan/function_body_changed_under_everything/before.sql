create function public.norm(t text) returns text language sql immutable as 'select lower($1)';
create table public.users (id int primary key, name text default public.norm('NEW'), plain text generated always as (public.norm('x')) stored, check (public.norm(name) = name));
create index users_norm on public.users (public.norm(name));
