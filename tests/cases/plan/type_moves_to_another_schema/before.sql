create schema app;
create type public.state as enum ('a', 'b');
create table public.t (id int, s public.state default 'a');
insert into public.t values (1, 'b');
