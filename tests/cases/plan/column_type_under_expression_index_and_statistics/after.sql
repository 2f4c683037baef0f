create table t (id int, a text, b varchar(5));
create index t_lower on t (lower(a));
create statistics s1 (dependencies) on a, b from t;
create statistics s2 on (lower(a)), b from t;
alter statistics s1 set statistics 50;
comment on statistics s1 is 'stats';
