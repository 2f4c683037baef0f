create table public.users (id int primary key, mail text);
insert into public.users values (1, null);
