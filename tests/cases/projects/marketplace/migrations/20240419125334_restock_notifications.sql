create table restock_requests (
  listing_id bigint references listings on delete cascade,
  user_id uuid references profiles on delete cascade default auth.uid(),
  requested_at timestamptz not null default now(),
  primary key (listing_id, user_id)
);
alter table restock_requests enable row level security;
create policy own_restock on restock_requests to authenticated using (user_id = (select auth.uid()));
alter table notifications drop constraint notifications_type;
alter table notifications add constraint notifications_type check (type in ('sold', 'message', 'review', 'dispute', 'price_drop', 'restock'));
