create table t (a int unique, b int unique deferrable initially deferred);
