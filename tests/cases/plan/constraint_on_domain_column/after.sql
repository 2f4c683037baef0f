create domain d as text check (value <> '');
create table t (a d check (a <> 'x'), b int);
