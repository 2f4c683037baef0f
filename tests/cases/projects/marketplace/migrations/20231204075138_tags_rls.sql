alter table tags enable row level security;
alter table listing_tags enable row level security;
create policy read_tags on tags for select using (true);
create policy read_listing_tags on listing_tags for select using (true);
create policy write_listing_tags on listing_tags for all to authenticated
  using (exists (select from listings l where l.id = listing_id and is_shop_member(l.shop_id)));
