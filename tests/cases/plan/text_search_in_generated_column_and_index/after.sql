create text search parser public.pars (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
create text search configuration public.conf (parser = public.pars);
alter text search configuration public.conf add mapping for asciiword with simple;
create table public.docs (id int, body text, v tsvector generated always as (to_tsvector('public.conf', body)) stored);
create index on public.docs using gin (v);
create index on public.docs using gin (to_tsvector('public.conf', body));
