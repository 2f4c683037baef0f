create table t (a text, b text compression pglz, c int, d int);
alter table t alter b set statistics 10;
alter table t alter c set (n_distinct = 5, n_distinct_inherited = 7);
alter table t alter d set statistics 0;
