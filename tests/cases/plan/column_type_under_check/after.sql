create table t (a numeric check (a > 0), b text, constraint b_ok check (b in ('x', 'y')));
