alter table public.orders drop column total;
