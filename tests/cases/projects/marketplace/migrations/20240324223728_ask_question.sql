create policy "ask" on questions for insert to authenticated with check (asker = (select auth.uid()) and answer is null);
create policy "askers see their questions" on questions for select to authenticated using (asker = (select auth.uid()));
create policy "shops answer" on questions for update to authenticated
  using (exists (select from listings l where l.id = listing_id and is_shop_member(l.shop_id)));
