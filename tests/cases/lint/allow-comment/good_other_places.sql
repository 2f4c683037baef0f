select 1;
drop table if exists private.a; -- driftwatch: allow destructive on the same line
drop table
  -- driftwatch: allow destructive inside of it
  if exists private.b;
/* driftwatch: allow destructive in the other kind of comment */
drop table if exists private.c;
