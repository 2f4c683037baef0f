create type public.float_span as range (subtype = float8, subtype_diff = float8mi, multirange_type_name = public.float_spans);
create function public.width(s public.float_span) returns float8 language sql immutable as 'select upper(s) - lower(s)';
create function public.widths(s public.float_spans) returns int language sql immutable as 'select 1';
create type public.textrange as range (subtype = text, collation = "C", subtype_opclass = text_pattern_ops);
