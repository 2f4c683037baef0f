create table t (a int check (a > 0), b text, constraint both_ok check (a > 1 and b <> ''));
