-- orders -> order_items -> orders
drop policy "buyers see their items" on order_items;
create function owns_order(o bigint) returns boolean language sql stable security definer set search_path = public as
$$ select exists (select from orders where id = o and buyer = auth.uid()) $$;
create policy "buyers see their items" on order_items for select to authenticated using (owns_order(order_id));
