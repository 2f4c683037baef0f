create type public.float_span as range (subtype = float8);
create function public.width(s public.float_span) returns float8 language sql immutable as 'select upper(s) - lower(s)';
