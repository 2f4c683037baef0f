create type public.celsius as (d numeric);
create function public.as_c(f float8) returns public.celsius language sql immutable as 'select row($1)::public.celsius';
create cast (float8 as public.celsius) with function public.as_c(float8);
create view public.v as select 1.5::float8::public.celsius as c;
