create type public.nothing as (a int);
create type public.outer_type as (n public.nothing, many public.nothing[]);
