create table if not exists public.orders (id int primary key);
alter table orders enable row level security, force row level security;
create policy p on orders for select using (id = 1);
