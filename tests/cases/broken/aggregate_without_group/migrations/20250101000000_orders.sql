create table public.orders (id int primary key, shop int, total int);
create view public.totals as select shop, sum(total) from public.orders;
