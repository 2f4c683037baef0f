create table t (a int4range, b int, constraint ex exclude using gist (a with &&) where (b > 0) deferrable);
