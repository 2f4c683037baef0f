create function one_rep_max(weight numeric, reps int) returns numeric
language sql immutable strict parallel safe
return round(weight * (1 + reps / 30.0), 1);

create view personal_bests with (security_invoker = on) as
  select w.user_id, s.exercise_id, max(one_rep_max(s.weight_kg, s.reps)) as best
    from workout_sets s join workouts w on w.id = s.workout_id
   group by 1, 2;
