create table b (id bigint , p int );
create table c (q uuid, s int default 1 not null) inherits (b);
