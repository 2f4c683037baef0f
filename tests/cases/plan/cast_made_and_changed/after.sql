create type public.celsius as (degrees float8);
create function public.to_text(public.celsius) returns text language sql immutable as 'select ($1).degrees::text';
create function public.to_celsius(float8) returns public.celsius language sql immutable as 'select row($1)::public.celsius';
create cast (public.celsius as text) with function public.to_text(public.celsius) as assignment;
create cast (float8 as public.celsius) with function public.to_celsius(float8) as implicit;
create cast (public.celsius as varchar) with inout;
