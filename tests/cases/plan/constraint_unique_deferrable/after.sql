create table t (a int unique deferrable, b int unique);
