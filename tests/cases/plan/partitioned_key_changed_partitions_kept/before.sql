create table m (id int, at date) partition by range (id);
create table m1 partition of m for values from (1) to (10);
