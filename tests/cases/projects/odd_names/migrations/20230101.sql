-- a version without an underscore: skipped
select 1 / 0;
