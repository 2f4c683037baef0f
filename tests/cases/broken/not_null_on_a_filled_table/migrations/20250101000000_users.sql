create table public.users (id int primary key);
insert into public.users values (1), (2);
