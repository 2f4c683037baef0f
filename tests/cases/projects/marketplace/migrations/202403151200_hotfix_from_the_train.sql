alter table messages alter column sent_at set default clock_timestamp();
