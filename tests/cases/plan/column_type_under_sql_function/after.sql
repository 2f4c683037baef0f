create table t (id int, a bigint);
create function s() returns bigint language sql begin atomic select sum(a)::bigint from t; end;
