create function cancel_order(o bigint) returns boolean language plpgsql security definer set search_path = public as $$
begin
  update orders set status = 'cancelled' where id = o and buyer = auth.uid() and status = 'new';
  if not found then
    return false;
  end if;
  update listings l set stock = stock + i.quantity from order_items i where i.order_id = o and l.id = i.listing_id;
  return true;
end $$;
revoke all on function cancel_order(bigint) from public, anon;
