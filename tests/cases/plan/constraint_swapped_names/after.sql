create table t (a int, b int, constraint two unique (a), constraint one unique (b));
