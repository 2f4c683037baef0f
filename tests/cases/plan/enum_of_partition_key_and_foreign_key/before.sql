create type public.region as enum ('eu', 'us', 'asia');
create table public.r (region public.region primary key);
create table public.o (id int, region public.region references public.r);
insert into public.r values ('eu');
insert into public.o values (1, 'eu');
