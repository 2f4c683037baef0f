create table m (id int not null) partition by list (id);
create table m1 partition of m for values in (1);
create unique index m1_own on m1 (id);
