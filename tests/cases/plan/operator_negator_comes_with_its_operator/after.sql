create operator public.=== (leftarg = int, rightarg = int, function = int4eq, commutator = operator(public.===), negator = operator(public.<<>>));
create operator public.<<>> (leftarg = int, rightarg = int, function = int4ne, negator = operator(public.===));
