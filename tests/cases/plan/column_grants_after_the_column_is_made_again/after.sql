create table customers (id int, name int generated always as (1 + 2) stored);
grant select (name) on customers to alice;
comment on column customers.name is 'derived';
