create or replace view public.totals as select id from public.orders;
