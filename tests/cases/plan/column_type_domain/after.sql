create domain positive as int check (value > 0);
create domain short as text check (length(value) < 5);
create table t (a int, b short, c positive);
