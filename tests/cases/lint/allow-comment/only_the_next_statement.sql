select 1;
-- driftwatch: allow destructive: moved to the archive
drop table if exists private.a;
drop table if exists private.b;
-- expect: 4 destructive
