create table public.orders (id int primary key);
create materialized view public.counts as select count(*) as n from public.orders with no data;
refresh materialized view concurrently public.counts;
