create view public.z_view as select 1 as x;
create function public.b_calls() returns int language sql as 'select x from public.z_view';
create function public.a_calls() returns int language sql as 'select public.b_calls()';
create function public.a_quoted() returns int language sql as $$ select count(*)::int from "public"."z_view" $$;
create type public.zz as (a int);
create function public.a_declares() returns int language plpgsql as $$ declare v public.zz; begin return 1; end $$;
