create table public.orders (id bigint primary key);
create policy "Anyone reads" on public.orders for select using (true);
