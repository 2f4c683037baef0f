create type order_status as enum ('new', 'paid', 'shipped', 'done');
create table orders (
  id bigint generated always as identity (start with 100001) primary key,
  buyer uuid not null references profiles,
  status order_status not null default 'new',
  total numeric(10, 2) not null,
  created_at timestamptz not null default now()
);
alter table orders enable row level security;
create policy "buyers see their orders" on orders for select using (auth.uid() = buyer);
