create table a (id int primary key);
create table b (x int references a, y int references a deferrable initially deferred, z int);
