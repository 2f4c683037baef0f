create operator public.=== (leftarg = int, rightarg = int, function = int4eq, commutator = operator(public.===));
