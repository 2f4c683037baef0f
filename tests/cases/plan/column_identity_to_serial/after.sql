create table t (id serial primary key, n text);
