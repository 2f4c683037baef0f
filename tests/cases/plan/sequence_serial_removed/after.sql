create table t (id int primary key, a serial);
