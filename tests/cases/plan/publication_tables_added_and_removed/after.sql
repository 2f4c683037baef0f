create table a (id int primary key);
create table b (id int primary key);
create table c (id int primary key);
create publication pub for table b, c;
