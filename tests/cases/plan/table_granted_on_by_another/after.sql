create table orders (id int);
grant select, insert on orders to alice with grant option;
set role alice;
grant insert on orders to carol;
reset role;
grant select on orders to bob;
