create table customers (id int, name text generated always as ('x') stored);
grant select (name) on customers to alice;
comment on column customers.name is 'derived';
