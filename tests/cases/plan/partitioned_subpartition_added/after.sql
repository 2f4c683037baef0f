create table m (id int, k int) partition by list (id);
create table m1 partition of m for values in (1) partition by list (k);
create table m1a partition of m1 for values in (5);
create table m1b partition of m1 default;
