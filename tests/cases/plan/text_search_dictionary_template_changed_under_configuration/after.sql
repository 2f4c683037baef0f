create text search dictionary public.d (template = snowball, language = english);
create text search configuration public.conf (parser = default);
alter text search configuration public.conf add mapping for asciiword, word, int with public.d;
create view public.searched as select to_tsvector('public.conf', 'some words') as v;
