create view private.revenue_by_category as
select c.id, category_path(c.id) as path, date_trunc('week', o.created_at)::date as week,
       sum(i.quantity * i.unit_price) as revenue, count(distinct o.id) as orders
  from order_items i join orders o on o.id = i.order_id
  join listings l on l.id = i.listing_id join categories c on c.id = l.category_id
 group by grouping sets ((c.id, week), (c.id));
grant select on private.revenue_by_category to analytics;
