create table orders (id int primary key, note text);
create publication pub for table orders (id, note);
