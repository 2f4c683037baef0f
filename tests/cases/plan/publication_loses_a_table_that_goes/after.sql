create table kept (id int primary key);
create publication pub for table kept;
create publication only_gone;
