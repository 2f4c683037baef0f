-- driftwatch: allow
select 1;
-- expect: 1 allow-comment
