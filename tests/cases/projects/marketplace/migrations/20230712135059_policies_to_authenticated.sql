begin;
alter policy "own favourites" on favourites to authenticated;
alter policy "own cart" on cart_items to authenticated;
alter policy "own addresses" on addresses to authenticated;
alter policy "own notifications" on notifications to authenticated;
commit;
