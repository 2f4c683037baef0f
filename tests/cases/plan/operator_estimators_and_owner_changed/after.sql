create operator public.=== (leftarg = int, rightarg = int, function = int4eq, restrict = areasel, join = eqjoinsel);
alter operator public.=== (int, int) owner to pg_monitor;
create operator public.<<>> (leftarg = int, rightarg = int, function = int4ne);
comment on operator public.<<>> (int, int) is 'other';
