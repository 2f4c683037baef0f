create table t (k int);
create function f(a varchar) returns boolean language sql return a = 'x';
