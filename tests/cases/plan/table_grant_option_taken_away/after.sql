create table orders (id int);
grant select, update on orders to alice;
grant select on orders to bob with grant option;
