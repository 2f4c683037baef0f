drop policy if exists shops_own on shops;
drop policy if exists "members edit the shop" on shops;
create policy "members edit the shop" on shops for update to authenticated using (is_shop_member(id)) with check (is_shop_member(id));
drop policy if exists "found a shop" on shops;
create policy "found a shop" on shops for insert to authenticated with check (owner = (select auth.uid()));
