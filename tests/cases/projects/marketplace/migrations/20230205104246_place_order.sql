create or replace function place_order() returns bigint
language plpgsql security definer set search_path = public as $$
declare
  new_id bigint;
begin
  insert into orders (buyer, total)
  select auth.uid(), sum(l.price * c.quantity)
    from cart_items c join listings l on l.id = c.listing_id
   where c.user_id = auth.uid()
  returning id into new_id;

  insert into order_items (order_id, listing_id, quantity, unit_price)
  select new_id, c.listing_id, c.quantity, l.price
    from cart_items c join listings l on l.id = c.listing_id
   where c.user_id = auth.uid();

  delete from cart_items where user_id = auth.uid();
  return new_id;
end $$;
