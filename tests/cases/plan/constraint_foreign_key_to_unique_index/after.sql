create table a (id int, k int);
create unique index a_k on a (k desc);
create table b (x int references a (k));
