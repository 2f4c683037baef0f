create table orders (id int);
grant select, insert, update, delete on orders to alice;
grant references, trigger, truncate on orders to bob;
grant all on orders to carol with grant option;
