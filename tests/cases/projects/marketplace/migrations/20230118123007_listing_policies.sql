create policy "shop owners manage listings" on listings for all
  using (exists (select 1 from shops where shops.id = listings.shop_id and shops.owner = auth.uid()));
