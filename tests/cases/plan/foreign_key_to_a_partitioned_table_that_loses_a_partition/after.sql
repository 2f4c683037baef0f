create table orders (id int primary key) partition by range (id);
create table orders_few partition of orders for values from (1) to (10);
create table lines (order_id int references orders);
