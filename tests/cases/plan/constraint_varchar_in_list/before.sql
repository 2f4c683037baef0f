create table t (a varchar(10) check (a in ('x', 'y')), b varchar check (b not in ('x')));
