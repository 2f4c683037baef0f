create table t (a int, b int);
grant select (a) on t to pg_monitor;
grant insert on t to public;
