create sequence ids;
create table a (id int default nextval('ids'));
create table b (id int default nextval('ids'));
