create table public.t (id int, g int);
create view public.v as select id as x from public.t;
