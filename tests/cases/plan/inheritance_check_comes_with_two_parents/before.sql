create table a (id int, q varchar(10));
