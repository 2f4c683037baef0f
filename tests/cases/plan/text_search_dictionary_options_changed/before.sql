create text search dictionary public.plain (template = pg_catalog.simple, stopwords = english);
create text search dictionary public.stem (template = snowball, language = english);
