create table order_items (
  order_id bigint references orders on delete cascade,
  listing_id bigint references listings,
  quantity int not null default 1,
  unit_price numeric(10, 2) not null,
  primary key (order_id, listing_id)
);
alter table order_items enable row level security;
create policy "buyers see their items" on order_items for select
  using (order_id in (select id from orders where buyer = auth.uid()));
