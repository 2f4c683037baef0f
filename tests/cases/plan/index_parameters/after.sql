create table t (a int, b text, j jsonb);
create index i1 on t (a) with (fillfactor=90, deduplicate_items=off);
create index i2 on t using gin (j);
create index i3 on t (b) with (fillfactor=50);
