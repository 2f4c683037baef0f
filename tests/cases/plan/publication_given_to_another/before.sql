-- clusters: two
create role alice;
create table a (id int primary key);
create publication pub for table a;
