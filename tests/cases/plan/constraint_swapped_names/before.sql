create table t (a int, b int, constraint one unique (a), constraint two unique (b));
