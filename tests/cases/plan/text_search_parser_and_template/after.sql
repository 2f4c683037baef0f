create text search template public.templ (lexize = dsimple_lexize, init = dsimple_init);
create text search dictionary public.dict (template = public.templ, stopwords = english);
create text search parser public.pars (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, headline = prsd_headline, lextypes = prsd_lextype);
comment on text search parser public.pars is 'words';
create text search configuration public.conf (parser = public.pars);
alter text search configuration public.conf add mapping for asciiword with public.dict;
