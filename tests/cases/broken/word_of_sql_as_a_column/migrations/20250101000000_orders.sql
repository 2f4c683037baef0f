create table public.orders (
  id bigint primary key,
  user uuid
);
