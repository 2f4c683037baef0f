create text search dictionary public.mine (template = pg_catalog.simple);
create text search configuration public.conf (copy = pg_catalog.english);
alter text search configuration public.conf drop mapping for url, email;
alter text search configuration public.conf alter mapping for asciiword, numword with public.mine, english_stem;
comment on text search configuration public.conf is 'english, and ours';
alter text search configuration public.conf owner to pg_monitor;
