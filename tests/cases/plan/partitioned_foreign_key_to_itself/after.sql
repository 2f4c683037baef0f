create table t (id int primary key, up int references t) partition by list (id);
create table t_0 partition of t for values in (1, 2);
