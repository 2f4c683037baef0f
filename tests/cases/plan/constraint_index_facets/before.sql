create table t (a int primary key, b int unique);
alter table t cluster on t_pkey;
