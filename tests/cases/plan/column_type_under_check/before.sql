create table t (a int check (a > 0), b varchar(5), constraint b_ok check (b in ('x', 'y')));
