create table b (q text, r int,t int);
create table e (t int) inherits (b);
create table f () inherits (b);
