create table p (a int, b int, f int);
create table q (b int, c int, e int);
create table c () inherits (p, q);
