create collation public.c (provider = libc, lc_collate = 'C', lc_ctype = 'POSIX');
create table public.t (id int, name text collate public.c unique);
create index on public.t (name collate public.c);
create view public.v as select name from public.t order by name;
