create table a (x int, y int, primary key (x, y));
create table b (x int, y int, foreign key (x, y) references a on delete set null);
