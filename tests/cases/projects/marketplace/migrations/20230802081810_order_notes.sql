alter table orders add column buyer_note text check (length(buyer_note) <= 500);
alter table orders add column internal_note text;
revoke select on orders from authenticated, anon;
grant select (id, buyer, status, total, created_at, ship_to, shipping_option_id, shipping_cost, cancelled_at,
              promotion_id, discount, grand_total, number, buyer_note) on orders to authenticated;
