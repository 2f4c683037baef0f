create type api.order_state as enum ('received', 'packed', 'shipped', 'returned');

create table api.orders (
  id bigint generated always as identity primary key,
  account_id uuid not null references public.accounts,
  state api.order_state not null default 'received',
  total_cents integer not null check (total_cents >= 0),
  placed_at timestamptz not null default now(),
  shipped_at timestamptz
);

create policy "own orders" on api.orders for select to authenticated using (account_id = (select auth.uid()));
create index orders_account_idx on api.orders (account_id, placed_at desc);
