create extension postgres_fdw;
create server s1 foreign data wrapper postgres_fdw;
create foreign table f (id int, a text default 'x') server s1;
