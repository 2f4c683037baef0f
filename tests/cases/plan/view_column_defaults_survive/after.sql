create table t (a bigint, b int);
create view v with (security_invoker=true) as select a, b from t;
alter view v alter column b set default 6;
comment on column v.a is 'aa';
