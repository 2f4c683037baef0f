create table customers (id int, name text, secret text);
grant select, update on customers to alice;
