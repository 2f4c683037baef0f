create table a (id int primary key);
create table b (x int references a deferrable, y int references a, z int);
