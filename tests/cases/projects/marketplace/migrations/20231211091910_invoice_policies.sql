create policy "buyers see invoices" on invoices for select to authenticated using (owns_order(order_id));
create policy "members see invoices" on invoices for select to authenticated using (is_shop_member(shop_id));
