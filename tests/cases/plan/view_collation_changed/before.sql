create view public.a as select 'x'::text collate "C" as x;
