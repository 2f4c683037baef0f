create table m (id int, at date) partition by range (at);
create table m1 partition of m for values from ('2024-01-01') to ('2025-01-01');
create view w as select * from m;
