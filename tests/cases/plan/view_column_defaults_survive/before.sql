create table t (a int, b int);
create view v with (security_invoker=true) as select a, b from t;
alter view v alter column b set default 5;
comment on column v.a is 'aa';
