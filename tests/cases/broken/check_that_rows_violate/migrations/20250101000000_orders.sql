create table public.orders (id int primary key, total int);
insert into public.orders values (1, -5);
