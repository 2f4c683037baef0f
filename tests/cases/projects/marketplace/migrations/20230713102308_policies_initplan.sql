-- (select auth.uid()) is evaluated once, auth.uid() once a row
alter policy "own favourites" on favourites using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
alter policy "own cart" on cart_items using ((select auth.uid()) = user_id);
alter policy "own addresses" on addresses using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
alter policy "own notifications" on notifications using ((select auth.uid()) = user_id);
