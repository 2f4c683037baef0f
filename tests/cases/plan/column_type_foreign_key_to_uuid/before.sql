create table a (id int primary key);
create table b (a_id int not null references a);
create table c (a_id int not null, constraint c_a foreign key (a_id) references a not valid);
