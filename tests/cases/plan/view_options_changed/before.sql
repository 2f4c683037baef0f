create view public.a with (security_barrier = true) as select 1 as x;
create view public.b as select 1 as x;
create view public.c with (security_invoker = on) as select 1 as x;
