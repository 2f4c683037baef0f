create extension postgres_fdw;
create server s1 foreign data wrapper postgres_fdw;
create table f (id int, a text default 'x');
