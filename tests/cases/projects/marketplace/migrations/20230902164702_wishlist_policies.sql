create policy wishlist_owner on wishlists to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy wishlist_items_owner on wishlist_items to authenticated
  using (wishlist_id in (select id from wishlists where user_id = (select auth.uid())));
