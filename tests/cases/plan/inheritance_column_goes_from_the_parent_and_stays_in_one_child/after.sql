create table b (r int);
create table e (t int, q numeric(8,2)) inherits (b);
create table f () inherits (b);
