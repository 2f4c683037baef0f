create table orders (id int, total numeric);
grant select, insert on orders to alice with grant option;
grant select (id), insert (total) on orders to alice with grant option;
grant select (total) on orders to bob;
grant select on orders to bob;
