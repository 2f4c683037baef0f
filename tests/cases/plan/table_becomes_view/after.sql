create table base (id int, name text);
create view t as select id, name from base;
