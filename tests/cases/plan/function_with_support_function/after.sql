create function public.many(int) returns setof int language internal strict immutable support pg_catalog.generate_series_int4_support rows 50 as 'generate_series_int4';
create function public.fewer(int, int) returns setof int language internal strict immutable as 'generate_series_int4';
