select 1;
create index orders_total on public.orders (totl);
