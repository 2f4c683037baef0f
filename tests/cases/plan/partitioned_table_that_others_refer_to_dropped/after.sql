create table lines (order_id int);
