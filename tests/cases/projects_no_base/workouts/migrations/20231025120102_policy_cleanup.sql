drop policy "Users can view own workouts" on workouts;
drop policy "Users can insert own workouts" on workouts;
create policy "own workouts" on workouts for all to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
