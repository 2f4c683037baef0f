create text search template public.templ (lexize = dsimple_lexize);
create text search dictionary public.dict (template = public.templ);
