create function public.plus(a int, b int) returns int language sql immutable as 'select a + b';
create operator public.#+# (leftarg = int, rightarg = int, function = public.plus, commutator = operator(public.#+#));
create view public.v as select 1 operator(public.#+#) 2 as three;
