create function f(int) returns bigint language sql immutable as 'select $1::bigint';
create table t (a int, b bigint generated always as (f(a)) stored);
create index t_b on t (b);
