create type order_status as enum ('new', 'paid', 'shipped');
create table customers (id serial primary key, email varchar(100) not null unique, name text, created timestamp default now());
create table products (id serial primary key, sku char(8) not null, price numeric(8,2) default 0.00, tags text[]);
create table orders (id serial primary key, customer_id int references customers(id), status order_status default 'new', placed date);
create table order_items (order_id int references orders on delete cascade, product_id int references products, qty int default 1, primary key (order_id, product_id));
create index on orders (customer_id);
create view open_orders as select o.id, c.email, o.status from orders o join customers c on c.id = o.customer_id where o.status <> 'shipped';
create function order_total(oid int) returns numeric language sql stable as $$ select sum(i.qty * p.price) from order_items i join products p on p.id = i.product_id where i.order_id = oid $$;
