create type public.version as (major int, minor int);
