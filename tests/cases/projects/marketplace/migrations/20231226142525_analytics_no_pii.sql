revoke select on orders from analytics;
grant select (id, status, total, shipping_cost, discount, grand_total, created_at) on orders to analytics;
