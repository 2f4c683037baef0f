create table orders (id int primary key, total numeric, active boolean, note text);
create publication pub for table orders (id, note) where (id > 5 and note is not null);
create publication whole for table orders (id, active) where (active);
