create table orders (id int primary key, total numeric, active boolean, note text);
create publication pub for table orders (id, total) where (total > 10);
create publication whole for table orders;
