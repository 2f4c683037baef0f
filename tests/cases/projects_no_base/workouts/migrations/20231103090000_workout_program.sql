alter table workouts add column program_id integer references programs on delete set null, add column week smallint;
alter table workouts add constraint week_needs_program check (week is null or program_id is not null);
