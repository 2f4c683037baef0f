create table public.orders (id bigint primary key);
alter table public.orders enable row level security;
create policy own on public.orders for select
  using ((select auth.uid()) = owner_id);
