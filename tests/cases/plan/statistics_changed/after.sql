create table t (a int, b int, c int);
create statistics s1 (mcv) on a, b from t;
create statistics s2 (ndistinct) on b, c from t;
alter statistics s2 set statistics 7;
create statistics s3 on (a + b) from t;
comment on statistics s2 is 'two';
