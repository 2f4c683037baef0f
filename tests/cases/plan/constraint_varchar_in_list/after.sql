create table t (a varchar(10) check (a in ('x', 'y', 'z')), b varchar check (b not in ('x', 'it''s')), c varchar(3) default 'a' check (c = any (array['a', 'b'])));
create index t_i on t (b) where a in ('x', 'y');
