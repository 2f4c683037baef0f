alter table public.orders add column total int;
