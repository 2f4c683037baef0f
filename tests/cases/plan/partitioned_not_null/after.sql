create table m (id int, a int, b int not null) partition by list (id);
create table m1 partition of m for values in (1);
