create table m (id int primary key, v text) partition by range (id);
create table m1 partition of m for values from (1) to (10);
create table md partition of m default;
