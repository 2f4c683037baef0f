create or replace view public.a with (security_invoker = on) as select 1 as a;
create or replace view public.b with (security_invoker) as select 1 as a;
create or replace view public.c with (security_invoker = true, security_barrier) as select 1 as a;
create or replace view public.d with (security_invoker = 1) as select 1 as a;
create or replace view public.e with (security_invoker = 'true') as select 1 as a;
create or replace view private.f as select 1 as a;
create temp view g as select 1 as a;
