create type public.region as enum ('us', 'eu');
create table public.r (region public.region primary key);
create table public.o (id int, region public.region references public.r);
