create table t (a int not null, b int not null, primary key (b), constraint t_a unique (a));
create table u (x int references t (a));
