create table t (a text, b text, c bytea, d numeric, e int[]);
alter table t alter b set storage main;
alter table t alter e set storage external;
