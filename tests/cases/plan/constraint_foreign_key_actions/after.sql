create table a (id int primary key, k int unique);
create table b (x int references a on delete cascade on update restrict, y int references a (k) match full);
