create table p (a int, b text);
create table c (id serial primary key, a int, b text);
create index c_a on c (a);
