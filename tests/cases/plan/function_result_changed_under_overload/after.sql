create function public.total(a int) returns bigint language sql immutable as 'select a::bigint';
create function public.total(a text) returns int language sql immutable as 'select 2';
create view public.sums as select public.total(1) as one, public.total('x') as two;
