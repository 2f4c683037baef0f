truncate public.orders, private.b;
delete from public.orders;
update public.orders set total = 0;
with gone as (select 1) delete from orders;
-- expect: 1 destructive
-- expect: 1 destructive
-- expect: 2 destructive
-- expect: 3 destructive
-- expect: 4 destructive
