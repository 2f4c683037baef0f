-- references tables that only exist on the hosted project
create table if not exists workout_sets (
  id uuid default gen_random_uuid() primary key,
  workout_id uuid not null references workouts (id) on delete cascade,
  exercise_id integer not null references exercises (id),
  reps smallint not null check (reps > 0),
  weight_kg numeric(6, 2),
  done_at timestamptz default now()
);
alter table workout_sets enable row level security;
create policy "own sets" on workout_sets for all
  using (exists (select 1 from workouts w where w.id = workout_id and w.user_id = auth.uid()));
