create table t (a bigint[], b varchar(10)[], c int[], d text[]);
