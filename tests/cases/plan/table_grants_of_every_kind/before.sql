create table orders (id int);
grant all on orders to alice;
grant select on orders to public;
