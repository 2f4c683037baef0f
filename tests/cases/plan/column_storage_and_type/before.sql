create table t (a text, b varchar(10));
alter table t alter a set storage external;
alter table t alter b set compression pglz;
