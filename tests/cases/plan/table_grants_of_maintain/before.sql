-- from: 17
create table orders (id int);
grant all on orders to alice;
