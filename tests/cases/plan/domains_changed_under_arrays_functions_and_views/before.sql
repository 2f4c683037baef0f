create domain d as int default 5 check (value > 0); create domain e as d not null; create table t (a d, b e, c d[] default '{1}'); create function f(x d) returns e language sql as 'select 1::int';
create view v as select a, b from t;
