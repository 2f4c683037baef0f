create table public.orders (id int primary key, total int);
create view public.totals as select id, total from public.orders;
