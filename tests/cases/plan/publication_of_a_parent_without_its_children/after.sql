create table parent (id int primary key);
create table child () inherits (parent);
create publication pub for table only parent;
