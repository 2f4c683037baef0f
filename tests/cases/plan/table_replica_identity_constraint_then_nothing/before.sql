create table t (id int primary key);
alter table t replica identity using index t_pkey;
