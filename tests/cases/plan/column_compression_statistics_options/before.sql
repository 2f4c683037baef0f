create table t (a text compression pglz, b text, c int);
alter table t alter c set statistics 200;
alter table t alter c set (n_distinct = -0.5);
