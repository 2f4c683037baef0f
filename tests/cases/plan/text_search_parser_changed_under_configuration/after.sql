create text search parser public.pars (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, headline = prsd_headline, lextypes = prsd_lextype);
create text search configuration public.conf (parser = public.pars);
alter text search configuration public.conf add mapping for asciiword, word with simple;
