create table r (id int primary key);
