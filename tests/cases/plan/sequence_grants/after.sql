create sequence s;
grant select, update on sequence s to pg_monitor;
create table t (id serial);
grant all on sequence t_id_seq to pg_monitor;
