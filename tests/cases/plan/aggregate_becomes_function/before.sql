create aggregate public.agg(int) (sfunc = int4pl, stype = int);
