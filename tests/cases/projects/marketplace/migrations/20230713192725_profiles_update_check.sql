alter policy profiles_update on profiles with check ((select auth.uid()) = id);
