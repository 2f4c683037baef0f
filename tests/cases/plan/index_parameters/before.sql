create table t (a int, b text, j jsonb);
create index i1 on t (a) with (fillfactor=70);
create index i2 on t using gin (j) with (fastupdate=off);
create index i3 on t (b);
