drop trigger if exists set_updated_at on workouts;
drop function set_updated_at_legacy();
