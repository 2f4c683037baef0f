create text search dictionary public.plain (template = pg_catalog.simple, stopwords = english, accept = false);
comment on text search dictionary public.plain is 'as it is';
create text search dictionary public.stem (template = snowball, language = german, stopwords = german);
alter text search dictionary public.stem owner to pg_monitor;
