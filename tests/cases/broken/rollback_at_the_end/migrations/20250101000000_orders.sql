begin;
create table public.orders (id bigint primary key);
rollback;
