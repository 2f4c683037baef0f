create materialized view if not exists public.totals as select 1 as a;
create materialized view if not exists sums as select 1 as a;
revoke all on public.sums from authenticated;
grant select on public.totals to anon;
-- expect: 1 matview-in-api
-- expect: 2 matview-in-api
