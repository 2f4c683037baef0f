create policy "members see views" on listing_views for select to authenticated
  using (exists (select from listings l where l.id = listing_id and is_shop_member(l.shop_id)));
