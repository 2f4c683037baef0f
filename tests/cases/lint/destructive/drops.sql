drop table old_orders;
drop table if exists public.a, private."B c" cascade;
drop schema if exists legacy cascade;
drop view if exists private.v;
drop sequence if exists private.s;
-- expect: 1 destructive
-- expect: 2 destructive
-- expect: 2 destructive
-- expect: 3 destructive
-- expect: 5 destructive
