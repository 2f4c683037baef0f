create policy analytics_read on orders for select to analytics using (true);
create policy analytics_read on order_items for select to analytics using (true);
create policy analytics_read on listing_views for select to analytics using (true);
