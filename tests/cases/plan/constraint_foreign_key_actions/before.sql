create table a (id int primary key, k int unique);
create table b (x int references a, y int references a (k) on delete cascade);
