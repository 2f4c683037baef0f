create table public.orders (
  id bigint primary key,
  buyer bigint references public.users (id)
);
