create table t (a int, b text, c text);
create index i1 on t (a);
create index i2 on t (lower(b)) where a > 0;
create unique index i3 on t (c) include (a);
create index i4 on t using hash (b);
