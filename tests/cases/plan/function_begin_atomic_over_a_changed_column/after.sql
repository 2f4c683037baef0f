create table public.t (id int, n numeric);
create function public.total() returns numeric language sql begin atomic select sum(n) from public.t; end;
create view public.v as select public.total() as s;
