create table m (id int, a int not null, b int) partition by list (id);
create table m1 partition of m for values in (1);
