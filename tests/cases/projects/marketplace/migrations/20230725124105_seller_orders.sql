create view seller_orders with (security_invoker = true, security_barrier = true) as
  select distinct o.id, o.status, o.created_at, l.shop_id
    from orders o join order_items i on i.order_id = o.id join listings l on l.id = i.listing_id;
