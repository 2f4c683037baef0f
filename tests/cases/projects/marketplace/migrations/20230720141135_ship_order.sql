create procedure ship_order(o bigint, p_carrier text, p_tracking text) language plpgsql security definer set search_path = public as $$
begin
  insert into shipments (order_id, carrier, tracking_no, shipped_at) values (o, p_carrier, p_tracking, now());
  update orders set status = 'shipped' where id = o and status = 'paid';
  if not found then
    raise exception 'order % is not paid', o;
  end if;
end $$;
