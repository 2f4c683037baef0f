create or replace view public.v as select 1 as a;
create view "W" with (security_barrier = true) as select 1 as a;
create or replace view public.x with (security_invoker = false) as select 1 as a;
-- expect: 1 view-security-invoker
-- expect: 2 view-security-invoker
-- expect: 3 view-security-invoker
