create table t (a int, b text);
create index i1 on t (lower(b), a);
create index i2 on t (a);
alter index i1 alter column 1 set statistics 500;
alter table t cluster on i1;
