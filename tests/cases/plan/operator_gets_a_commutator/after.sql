create operator public.=== (leftarg = int, rightarg = bigint, function = int48eq, commutator = operator(public.===), hashes);
create operator public.=== (leftarg = bigint, rightarg = int, function = int84eq, commutator = operator(public.===), hashes);
create view public.same as select 1 operator(public.===) 2::bigint as x;
