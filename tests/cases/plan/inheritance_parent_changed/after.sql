create table p (a int);
create table q (a int);
create table c (d int) inherits (q);
