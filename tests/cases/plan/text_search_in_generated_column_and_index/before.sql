create text search configuration public.conf (copy = pg_catalog.english);
create table public.docs (id int, body text, v tsvector generated always as (to_tsvector('public.conf', body)) stored);
create index on public.docs using gin (v);
create index on public.docs using gin (to_tsvector('public.conf', body));
