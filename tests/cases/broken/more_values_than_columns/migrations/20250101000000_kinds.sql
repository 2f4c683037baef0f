create table public.kinds (name text primary key);
insert into public.kinds (name)
values ('a', 1);
