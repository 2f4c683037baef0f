create function public.time_diff(a time, b time) returns float8 language sql immutable strict as 'select extract(epoch from (a - b))::float8';
create type public.timerange as range (subtype = time, subtype_diff = public.time_diff);
create type public.whole;
create function public.whole_canon(public.whole) returns public.whole language internal immutable strict as 'int8range_canonical';
create type public.whole as range (subtype = int8, canonical = public.whole_canon);
create view public.wholes as select public.whole(1, 5) as w;
