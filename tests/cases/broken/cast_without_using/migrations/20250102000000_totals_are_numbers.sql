alter table public.orders alter column total type int;
