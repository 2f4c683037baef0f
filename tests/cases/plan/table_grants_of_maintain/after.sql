create table orders (id int);
grant maintain on orders to bob;
grant select, insert, update, delete, truncate, references, trigger on orders to alice;
