-- snapshot: which transactions are seen. Equal twice, nothing was committed in between; null says nothing, because a
-- standby does not know it.
select case when pg_is_in_recovery() then null else pg_current_snapshot()::text end
