create table m (id int) partition by range (id);
create table m1 partition of m for values from (1) to (15);
create table m2 partition of m for values from (15) to (25);
create table m3 partition of m default;
