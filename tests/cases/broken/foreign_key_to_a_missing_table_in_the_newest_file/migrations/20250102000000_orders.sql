
create table public.orders (id bigint primary key, shop bigint references public.shop (id));
