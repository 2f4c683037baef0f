create policy "shop members manage promotions" on promotions to authenticated
  using (is_shop_member(shop_id)) with check (is_shop_member(shop_id));
