create table public.orders (
  id bigint primary key,
  buyer uuid references public.profiles (id)
);
