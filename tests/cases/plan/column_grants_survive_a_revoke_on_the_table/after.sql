create table orders (id int, total numeric);
grant insert on orders to alice;
grant select (id), insert (total) on orders to alice with grant option;
grant select (total) on orders to bob;
