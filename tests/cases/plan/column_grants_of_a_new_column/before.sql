create table customers (id int);
grant select (id) on customers to alice;
