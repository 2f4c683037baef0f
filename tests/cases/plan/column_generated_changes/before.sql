create table t (a int, b int generated always as (a + 1) stored, c int, d int generated always as (a) stored);
create view v as select b from t;
