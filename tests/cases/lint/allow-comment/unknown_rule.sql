select 1;
-- driftwatch: allow drop-table we want it
drop table if exists private.t;
-- expect: 2 allow-comment
-- expect: 3 destructive
