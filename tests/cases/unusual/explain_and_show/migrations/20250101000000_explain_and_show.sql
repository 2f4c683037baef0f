create schema if not exists private;
create table if not exists private.t (id int primary key, note text);
explain select * from private.t;
show search_path;
table private.t;
values (1), (2);
