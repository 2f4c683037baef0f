create materialized view public.pages as select 'x'::text as body, 1 as id;
