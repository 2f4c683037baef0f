create table m (id int generated always as identity, k int) partition by list (k);
create table m1 partition of m for values in (1);
