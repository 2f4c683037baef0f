create table a (id int primary key);
create table b (x int references a);
alter table b disable trigger all;
