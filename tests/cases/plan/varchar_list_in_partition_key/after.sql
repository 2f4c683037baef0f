create table t (a varchar, k int) partition by list ((a in ('x', 'y')));
create table u partition of t for values in (true);
