create domain positive as int check (value > 0);
create table p (a positive[] default '{3}');
create table c (b int) inherits (p);
