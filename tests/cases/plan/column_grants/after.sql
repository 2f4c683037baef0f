create table t (a int, b int, c text);
grant select (b), update (c) on t to pg_monitor;
grant select on t to public;
