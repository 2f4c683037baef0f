create table public.countries (code text primary key);
copy public.countries (code) from stdin;
de
fr
\.
