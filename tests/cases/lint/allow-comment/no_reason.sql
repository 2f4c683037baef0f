select 1;
-- driftwatch: allow destructive
drop table if exists private.t;
-- expect: 2 allow-comment
-- expect: 3 destructive
