create table public.t (id int, n int);
create function public.total() returns bigint language sql begin atomic select sum(n) from public.t; end;
create view public.v as select public.total() as s;
