create table orders (id int primary key) partition by range (id);
create table orders_few (id int primary key);
create table orders_more partition of orders for values from (10) to (100);
create table lines (order_id int);
