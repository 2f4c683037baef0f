create type public.span as range (subtype = numeric);
create table public.m (id int, s public.span, ss public.span_multirange);
create index on public.m using gist (s);
