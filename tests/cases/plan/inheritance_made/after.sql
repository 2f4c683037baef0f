create table p (a int, b text);
create table c (a int, b text, d int) inherits (p);
