create materialized view public.m with (fillfactor = 70, toast.autovacuum_enabled = false) as select 'x'::text as t;
