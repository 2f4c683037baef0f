create table public.countries (code text primary key);
copy public.countries from stdin;
