create table p (a int);
create table c (d int) inherits (p);
create view v as select * from c;
