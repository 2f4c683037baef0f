create table order_fees (
  order_id bigint references orders on delete cascade,
  shop_id bigint references shops,
  fee numeric(10, 2) not null,
  primary key (order_id, shop_id)
);
alter table order_fees enable row level security;
create policy "members see fees" on order_fees for select to authenticated using (is_shop_member(shop_id));
insert into order_fees (order_id, shop_id, fee)
select o.id, min(l.shop_id), o.fee from orders o join order_items i on i.order_id = o.id join listings l on l.id = i.listing_id
 where o.fee is not null group by o.id, o.fee;
