create view public.a with (security_invoker = true) as select 1 as x;
create view public.b with (security_barrier = false, security_invoker = true) as select 1 as x;
create view public.c with (security_invoker = on) as select 1 as x, 2 as y;
