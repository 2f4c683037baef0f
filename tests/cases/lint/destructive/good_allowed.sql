select 1;
-- driftwatch: allow destructive nobody reads it since March
drop table if exists private.old;
