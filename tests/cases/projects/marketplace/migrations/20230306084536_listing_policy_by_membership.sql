drop policy "shop owners manage listings" on listings;
create policy "shop members manage listings" on listings for all to authenticated
  using (is_shop_member(shop_id)) with check (is_shop_member(shop_id));
