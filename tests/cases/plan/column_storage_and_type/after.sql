create table t (a varchar(20), b text);
alter table t alter a set storage external;
alter table t alter b set compression pglz;
