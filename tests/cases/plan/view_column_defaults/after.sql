create table t (a int, b int);
create view v as select a, b from t;
alter view v alter column b set default 5;
comment on column v.a is 'aa';
grant select (a) on v to public;
