create table t (a int, b int generated always as (a + 2) stored, c int generated always as (a * 3) stored, d int);
create view v as select b from t;
