create view shop_sales as
select l.shop_id, date_trunc('day', o.created_at) as day, sum(i.quantity * i.unit_price) as revenue
  from order_items i
  join orders o on o.id = i.order_id
  join listings l on l.id = i.listing_id
 where o.status in ('paid', 'shipped', 'done')
 group by 1, 2;
