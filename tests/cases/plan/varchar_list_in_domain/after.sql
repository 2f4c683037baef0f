create domain d as varchar(10) check (value in ('x', 'y', 'z'));
create domain e as varchar constraint few check (value = any (array['x', 'y']));
create domain g as d check (value not in ('q', 'r'));
create table t (a d, b e, c g check (c in ('x', 'y')));
create view v as select a from t where a in ('x', 'y') and b in ('x', 'y');
