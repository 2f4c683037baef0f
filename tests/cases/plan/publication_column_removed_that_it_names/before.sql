create table orders (id int primary key, total int, note text);
create publication pub for table orders (id, total) where (total > 10);
