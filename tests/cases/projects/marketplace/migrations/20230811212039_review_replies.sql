alter table reviews add column reply text, add column replied_at timestamptz;
create policy "shops reply" on reviews for update to authenticated
  using (exists (select from listings l where l.id = listing_id and is_shop_member(l.shop_id)));
revoke update on reviews from authenticated;
grant update (reply, replied_at) on reviews to authenticated;
