create function f(int) returns int language sql immutable as 'select $1';
create table t (a int, b int generated always as (f(a)) stored);
create index t_b on t (b);
