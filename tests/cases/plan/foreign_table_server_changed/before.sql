create extension postgres_fdw;
create server s1 foreign data wrapper postgres_fdw;
create server s2 foreign data wrapper postgres_fdw;
create foreign table f (id int) server s1;
create view v as select id from f;
