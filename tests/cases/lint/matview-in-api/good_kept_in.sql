create materialized view if not exists private.totals as select 1 as a;
create materialized view if not exists public.sums as select 1 as a;
revoke all on public.sums from anon, authenticated;
create table if not exists private.made as select 1 as a;
create materialized view if not exists public.tried as select 1 as a;
drop materialized view if exists public.tried;
