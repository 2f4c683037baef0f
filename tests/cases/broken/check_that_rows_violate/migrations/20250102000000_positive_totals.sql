alter table public.orders add constraint positive check (total > 0);
