create table m (id int) partition by list (id);
create table n (id int) partition by list (id);
create table x partition of m for values in (1);
