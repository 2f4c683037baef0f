create function public.plus(x int, y int) returns bigint language sql immutable as 'select x + y::bigint';
create operator public.#+# (leftarg = int, rightarg = int, function = public.plus, commutator = operator(public.#+#));
create view public.v as select 1 operator(public.#+#) 2 as three;
