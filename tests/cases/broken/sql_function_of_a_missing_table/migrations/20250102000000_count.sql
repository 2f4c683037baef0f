create function public.count_orders() returns bigint language sql as $$
  select count(*)
  from public.orders
$$;
