drop function place_order();
create function place_order(p_address uuid, p_shipping integer default null, p_note text default null)
returns orders language plpgsql security definer set search_path = public as $$
declare
  o orders;
begin
  insert into orders (buyer, total, ship_to, shipping_option_id, shipping_cost, buyer_note)
  select auth.uid(), sum(l.price * c.quantity), p_address, p_shipping,
         coalesce((select price from shipping_options where id = p_shipping), 0), p_note
    from cart_items c join listings l on l.id = c.listing_id
   where c.user_id = auth.uid()
  having count(*) > 0
  returning * into o;
  if o.id is null then
    raise exception 'cart is empty';
  end if;
  insert into order_items (order_id, listing_id, quantity, unit_price, gift_wrap)
  select o.id, c.listing_id, c.quantity, l.price, coalesce(c.gift_wrap, false)
    from cart_items c join listings l on l.id = c.listing_id where c.user_id = auth.uid();
  delete from cart_items where user_id = auth.uid();
  return o;
end $$;
revoke execute on function place_order(uuid, integer, text) from public, anon;
