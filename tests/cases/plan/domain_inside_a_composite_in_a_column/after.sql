create domain public.pos as int check (value > 0);
create type public.pair as (a public.pos, b int);
create table public.t (id int, p public.pair, ps public.pair[]);
