create policy variants_write on listing_variants for all to authenticated
  using (exists (select from listings l where l.id = listing_id and is_shop_member(l.shop_id)));
