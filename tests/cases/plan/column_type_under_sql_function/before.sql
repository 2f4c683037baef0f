create table t (id int, a int);
create function s() returns bigint language sql begin atomic select sum(a) from t; end;
