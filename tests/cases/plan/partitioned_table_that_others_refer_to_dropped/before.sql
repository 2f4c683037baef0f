create table orders (id int primary key, first_of int references orders) partition by range (id);
create table orders_few partition of orders for values from (1) to (10);
create table orders_more partition of orders for values from (10) to (100) partition by hash (id);
create table orders_more_0 partition of orders_more for values with (modulus 2, remainder 0);
create table orders_more_1 partition of orders_more for values with (modulus 2, remainder 1);
create table lines (order_id int references orders);
create view few as select id from orders_few;
