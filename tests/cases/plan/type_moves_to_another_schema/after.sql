create schema app;
create type app.state as enum ('a', 'b');
create table public.t (id int, s app.state default 'a');
