create table b (id int not null, q int);
create table c (q int) inherits (b);
alter table b add constraint c_ours check (id > 2);
create table a (id int default 3, q int) inherits (b, c);
