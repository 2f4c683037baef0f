alter table public.orders add foreign key (shop) references public.shops (id);
