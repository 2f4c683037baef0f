create type public.money as (currency text, amount numeric);
create function public.show(m public.money) returns text language sql immutable as 'select (m).amount::text';
create view public.a as select row('eur', 1)::public.money as m;
create view public.b as select public.show(m) as s from public.a;
create view public.c as select upper(s) as u from public.b;
create materialized view public.d as select u from public.c;
grant select on public.c to alice, bob;
comment on view public.b is 'shown';
