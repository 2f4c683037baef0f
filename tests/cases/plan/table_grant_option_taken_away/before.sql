create table orders (id int);
grant select, update on orders to alice with grant option;
