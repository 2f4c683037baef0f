create or replace procedure ship_order(o bigint, p_carrier text, p_tracking text) language plpgsql security definer set search_path = public as $$
begin
  if not exists (
    select from order_items i join listings l on l.id = i.listing_id
     where i.order_id = o and is_shop_member(l.shop_id))
  then
    raise insufficient_privilege;
  end if;
  insert into shipments (order_id, carrier, tracking_no, shipped_at) values (o, p_carrier, p_tracking, now());
  update orders set status = 'shipped' where id = o and status = 'paid';
  if not found then
    raise exception 'order % is not paid', o;
  end if;
end $$;
revoke all on procedure ship_order(bigint, text, text) from public, anon;
