create policy "sellers see sold items" on order_items for select using (
  listing_id in (select l.id from listings l join shops s on s.id = l.shop_id where s.owner = auth.uid())
);
