create function public.total(a int) returns int language sql immutable as 'select a';
create function public.total(a text) returns int language sql immutable as 'select 1';
create view public.sums as select public.total(1) as one, public.total('x') as two;
