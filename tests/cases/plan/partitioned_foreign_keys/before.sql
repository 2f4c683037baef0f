create table r (id int primary key);
create table m (id int primary key, r int) partition by list (id);
create table m1 partition of m for values in (1);
create table u (m int);
