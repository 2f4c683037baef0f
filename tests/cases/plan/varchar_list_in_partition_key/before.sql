create table t (a varchar, k int) partition by list (k);
