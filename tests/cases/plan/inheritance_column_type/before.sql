create table p (a int, b int default 1);
create table c (d int) inherits (p);
create table cc () inherits (c);
create view v as select a from cc;
create index c_a on c (a);
