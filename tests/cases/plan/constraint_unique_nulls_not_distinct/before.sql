create table t (a int unique, b int, constraint bu unique (b) include (a));
