create function public.old(a int) returns int language sql immutable as 'select a';
create table public.t (id int default public.old(1), check (public.old(id) > 0), g int generated always as (public.old(3)) stored);
create index on public.t (public.old(id));
create view public.v as select public.old(id) as x from public.t;
create type public.gone as enum ('x');
