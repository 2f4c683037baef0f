create type public.span as range (subtype = float8);
create table public.m (id int, s public.span, ss public.span_multirange);
create index on public.m using gist (s);
insert into public.m values (1, '[1,2)', '{[1,2)}');
