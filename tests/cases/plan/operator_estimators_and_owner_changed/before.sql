create operator public.=== (leftarg = int, rightarg = int, function = int4eq, restrict = eqsel);
create operator public.<<>> (leftarg = int, rightarg = int, function = int4ne, restrict = neqsel, join = neqjoinsel);
