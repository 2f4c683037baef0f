create table m (id int, v text) partition by list (lower(v));
create table m1 partition of m for values in ('a');
