create table p (a int, b int);
create table q (b int, c int);
create table c () inherits (p, q);
