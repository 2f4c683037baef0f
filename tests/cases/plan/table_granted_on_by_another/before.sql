create table orders (id int);
grant select, insert on orders to alice with grant option;
set role alice;
grant select on orders to bob;
reset role;
