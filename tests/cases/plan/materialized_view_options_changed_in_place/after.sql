create materialized view public.m with (autovacuum_enabled = false) as select 'x'::text as t;
alter materialized view public.m owner to pg_monitor;
