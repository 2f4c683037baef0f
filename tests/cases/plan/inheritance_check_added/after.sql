create table p (a int, constraint pos check (a > 0));
create table c (constraint own check (a < 100)) inherits (p);
