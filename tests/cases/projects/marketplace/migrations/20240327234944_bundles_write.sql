create policy bundles_write on bundles for all to authenticated using (is_shop_member(shop_id)) with check (is_shop_member(shop_id));
alter table bundles add constraint bundles_not_empty check (cardinality(lines) > 1);
