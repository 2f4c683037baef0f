create domain d as bigint check (value >= 0); alter domain d add constraint small check (value < 1000); create domain e as text check (length(value) < 9); create table t (a d, b e, c d[] default '{1,2}'); create function f(x d) returns e language sql as $$select 'x'::text$$;
create view v as select a, b from t; comment on domain d is 'dee'; grant usage on type e to public;
