alter table public.orders alter column total type bigint;
