create table payout_items (
  payout_id bigint references payouts on delete cascade,
  order_id bigint references orders,
  gross numeric(10, 2) not null,
  fee numeric(10, 2) not null,
  net numeric(10, 2) generated always as (gross - fee) stored,
  primary key (payout_id, order_id)
);
alter table payout_items enable row level security;
create policy "members see payout items" on payout_items for select to authenticated
  using (exists (select from payouts p where p.id = payout_id and is_shop_member(p.shop_id)));
