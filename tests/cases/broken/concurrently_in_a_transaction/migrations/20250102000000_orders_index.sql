begin;
create index concurrently orders_id on public.orders (id);
commit;
