create table t (a int);
create index i1 on t (a);
