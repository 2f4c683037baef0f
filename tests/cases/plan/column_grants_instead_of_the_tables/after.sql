create table customers (id int, name text, secret text);
grant select (id, name), update (name) on customers to alice;
