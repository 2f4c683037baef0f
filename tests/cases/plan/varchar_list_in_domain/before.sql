create domain d as varchar(10) check (value in ('x', 'y'));
create domain e as varchar;
create table t (a d, b e);
