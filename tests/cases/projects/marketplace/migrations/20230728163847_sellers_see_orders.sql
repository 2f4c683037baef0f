create function sells_in_order(o bigint) returns boolean language sql stable security definer set search_path = public as $$
  select exists (select from order_items i join listings l on l.id = i.listing_id where i.order_id = o and is_shop_member(l.shop_id))
$$;
create policy "sellers see their orders" on orders for select to authenticated using (sells_in_order(id));
