alter policy "sellers see sold items" on order_items
  using (listing_id in (select l.id from listings l where is_shop_member(l.shop_id)));
