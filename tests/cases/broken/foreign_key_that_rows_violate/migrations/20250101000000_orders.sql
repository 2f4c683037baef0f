create table public.shops (id int primary key);
create table public.orders (id int primary key, shop int);
insert into public.orders values (1, 7);
