create table t (a text, b text, c bytea, d numeric, e int[]);
alter table t alter a set storage external;
alter table t alter d set storage external;
alter table t alter c set storage plain;
