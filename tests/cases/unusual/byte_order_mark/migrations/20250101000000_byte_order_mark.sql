create schema if not exists private;
create table if not exists private.t (id int primary key, note text);
