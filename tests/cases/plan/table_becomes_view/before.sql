create table t (id int, name text);
create table base (id int, name text);
