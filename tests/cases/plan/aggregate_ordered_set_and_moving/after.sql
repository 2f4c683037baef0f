create aggregate public.med(double precision order by double precision) (sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_cont_float8_final, finalfunc_modify = shareable);
comment on aggregate public.med(double precision order by double precision) is 'middle';
create aggregate public.mov(int) (sfunc = int4pl, stype = int, initcond = '0', sspace = 16);
create aggregate public.biggest(int) (sfunc = int4larger, stype = int, sortop = operator(pg_catalog.>), finalfunc_modify = read_write);
