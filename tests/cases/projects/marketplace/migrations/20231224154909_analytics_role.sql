create role analytics nologin;
grant usage on schema public to analytics;
grant select on orders, order_items, listings, categories, listing_views to analytics;
