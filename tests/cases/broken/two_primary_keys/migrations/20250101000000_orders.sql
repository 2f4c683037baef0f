create table public.orders (id int primary key, nr int);
alter table public.orders add primary key (nr);
