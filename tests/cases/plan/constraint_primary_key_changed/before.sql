create table t (a int, b int not null, primary key (a));
create table u (x int references t);
