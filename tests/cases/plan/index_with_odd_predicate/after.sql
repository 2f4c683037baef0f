create table t (a int, b text);
create index i1 on t (a) with (fillfactor=80) where b = ' WITH (x) WHERE ';
