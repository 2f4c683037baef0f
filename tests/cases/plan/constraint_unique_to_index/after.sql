create table t (a int, b int);
create unique index t_ab on t (a, b);
