create domain public.pos as int;
create type public.pair as (a public.pos, b int);
create table public.t (id int, p public.pair, ps public.pair[]);
insert into public.t values (1, row(1, 2), array[row(3, 4)::public.pair]);
