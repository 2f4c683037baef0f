create table t (a int unique nulls not distinct, b int, constraint bu unique (b));
