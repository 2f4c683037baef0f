create table p (a int default 3, b int default 4);
create table c () inherits (p);
alter table c alter a set default 2;
