create table public.orders (id bigint primary key);
create policy if not exists own on public.orders using (true);
