create table b (id bigint, p int default 3);
