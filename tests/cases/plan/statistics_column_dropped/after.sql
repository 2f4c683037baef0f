create table t (a int, c int);
create statistics s1 on a, c from t;
